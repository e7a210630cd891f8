// A server on loopback of one page, its scripts with their types stripped, and the built packages. Browsers know no bare
// specifiers in workers, so `@downhill/nn` becomes the path of what is built.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../../../packages/", import.meta.url));
const PAGE = `<!doctype html><meta charset="utf-8"><title>Downhill</title><script type="module" src="/page.js"></script>`;
/** What makes a page cross-origin isolated, so that it may share memory with workers. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** A server and what its page will send. */
export interface PackageServer {
  readonly url: string;
  /** What the page has sent to /result, as it stands. */
  readonly result: Promise<unknown>;
  close(): void;
}

/** Starts a server, whose page is cross-origin isolated or not. */
export async function servePackages(isolated: boolean): Promise<PackageServer> {
  let settle: (result: unknown) => void;
  const result = new Promise<unknown>((resolve) => {
    settle = resolve;
  });
  const server: Server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === "/result") {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.end();
        settle(JSON.parse(Buffer.concat(chunks).toString()));
      });
      return;
    }
    content(path).then(
      ({ type, body }) => response.writeHead(200, { "content-type": type, ...(isolated ? ISOLATION : {}) }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, result, close };
}

async function content(path: string): Promise<{ readonly type: string; readonly body: string | Buffer }> {
  if (path === "/") return { type: "text/html", body: PAGE };
  const built = /^\/packages\/(\w+\/(?:dist|build)\/[\w./-]+)$/.exec(path)?.[1];
  if (built?.endsWith(".wasm")) return { type: "application/wasm", body: await readFile(join(PACKAGES, built)) };
  if (built !== undefined) return script(await readFile(join(PACKAGES, built), "utf8"));
  const own = /^\/(\w+)\.[jt]s$/.exec(path)?.[1];
  return script(stripTypeScriptTypes(await readFile(join(HERE, `${own}.ts`), "utf8")));
}

function script(source: string): { readonly type: string; readonly body: string } {
  return { type: "text/javascript", body: source.replaceAll(/(["'])@downhill\/(\w+)\1/g, '"/packages/$2/dist/index.js"') };
}
