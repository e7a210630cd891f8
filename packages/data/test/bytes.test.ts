import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { decompressInBrowser } from "../src/bytes/gunzip.ts";
import { DataError, openBytes, readCsv, type ByteOptions, type ByteSource } from "../src/index.ts";
import { bytesOf, chunksOf, cut, errorOf } from "./support/read.ts";

const text = Array.from({ length: 30_000 }, (_, row) => `${row},${row % 7},é`).join("\n");
const plain = Uint8Array.from(bytesOf(text));
const zipped = new Uint8Array(gzipSync(plain));
const folder = mkdtempSync(join(tmpdir(), "downhill-bytes-"));
const csv = join(folder, "a b.csv");
const gz = join(folder, "a.csv.gz");
let server: Server;
let address = "";

beforeAll(async () => {
  writeFileSync(csv, plain);
  writeFileSync(gz, zipped);
  server = createServer((request, response) => {
    if (request.url === "/missing") response.writeHead(404).end("<html>no</html>");
    else if (request.url === "/broken") response.writeHead(200, { "content-length": 100 }).write("1,2\n", () => response.destroy());
    else if (request.url === "/silent") response.writeHead(200).write("1,2\n");
    else response.end(request.url === "/gz" ? zipped : plain);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function read(source: ByteSource, options?: ByteOptions): Promise<string> {
  const decoder = new TextDecoder();
  let whole = "";
  for await (const chunk of openBytes(source, options)) whole += decoder.decode(chunk, { stream: true });
  return whole;
}

const messageOf = async (source: ByteSource, options?: ByteOptions): Promise<string> => {
  const error = await errorOf(read(source, options));
  expect(error).toBeInstanceOf(DataError);
  return error.message;
};

// The kernel's list of this process's open files, where there is one.
const handles = "/proc/self/fd";

function openFiles(): number {
  return readdirSync(handles).length;
}

describe("sources", () => {
  it.each<[string, () => ByteSource | Promise<ByteSource>]>([
    ["a path", () => csv],
    ["a path of gzip", () => gz],
    ["a file URL", () => pathToFileURL(csv)],
    ["a file URL as text", () => pathToFileURL(csv).href],
    ["bytes", () => plain],
    ["bytes of gzip", () => zipped],
    ["a Node stream", () => createReadStream(csv)],
    ["a Node stream of gzip", () => createReadStream(gz, { highWaterMark: 100 })],
    ["a web stream", () => new Blob([plain]).stream()],
    ["a web stream of gzip", () => new Blob([zipped]).stream()],
    ["an async sequence", () => chunksOf(plain, 1000)],
    ["an async sequence of gzip, a byte at a time at first", () => cut(zipped, 1, 2, 3, 4, 1000)],
    ["an http address", () => `${address}/csv`],
    ["an http URL", () => new URL(`${address}/gz`)],
    ["a response", () => fetch(`${address}/gz`)],
  ])("%s", async (_, source) => {
    expect((await read(await source())) === text).toBe(true);
  });

  it("gzip is decompressed by a browser's means too", async () => {
    const decoder = new TextDecoder();
    let whole = "";
    for await (const chunk of decompressInBrowser(cut(zipped, 1, 1000))) whole += decoder.decode(chunk, { stream: true });
    expect(whole === text).toBe(true);
  });

  describe("gzip in several parts", () => {
    const parts = Buffer.concat([gzipSync("1,2\n"), gzipSync(""), gzipSync("3,4\n")]);

    it("is decompressed to its end in Node, cut anywhere", async () => {
      for (let at = 1; at < parts.length; at += 1) expect(await read(cut(parts, at))).toBe("1,2\n3,4\n");
    });

    it("is refused by a browser's means, wherever it is cut: never is a part taken for the whole", async () => {
      vi.stubGlobal("process", { versions: {} });
      try {
        for (let at = 1; at < parts.length; at += 1) {
          expect(await messageOf(cut(parts, at), { name: "in" })).toBe(
            "in: the gzip data is truncated, corrupt or in several parts; fetch or compress the file again",
          );
        }
      } finally {
        vi.unstubAllGlobals();
      }
    });
  });

  it("may be empty or one byte long", async () => {
    expect(await read(new Uint8Array(0))).toBe("");
    expect(await read(bytesOf("1"))).toBe("1");
    expect(await read(Uint8Array.of(0x1f))).toBe("\x1f");
    expect(await read(gzipSync(""))).toBe("");
    expect(await read(new Response(null))).toBe("");
  });
});

describe("errors", () => {
  it.each<[string, () => ByteSource | Promise<ByteSource>, string]>([
    ["a missing file", () => "nowhere/train_X.csv", "nowhere/train_X.csv: no such file; check the path"],
    ["a folder", () => folder, `${folder}: is a folder; give the path of a file`],
    ["an address that is not there", () => `${address}/missing`, `ADDRESS/missing: the server answered 404 Not Found; check the address`],
    [
      "a response that is not ok",
      () => fetch(`${address}/missing`),
      `ADDRESS/missing: the server answered 404 Not Found; check the address`,
    ],
    ["a transfer that breaks off", () => `${address}/broken`, "ADDRESS/broken: the transfer broke off (terminated); try again"],
    [
      "text in place of bytes",
      () => createReadStream(csv, "utf8") as AsyncIterable<Uint8Array>,
      "in: the stream gave a string where bytes were expected; set no encoding on it",
    ],
    [
      "a truncated gzip",
      () => zipped.subarray(0, -9),
      "in: the gzip data is truncated, corrupt or in several parts; fetch or compress the file again",
    ],
    [
      "a gzip cut in its header",
      () => zipped.subarray(0, 5),
      "in: the gzip data is truncated, corrupt or in several parts; fetch or compress the file again",
    ],
    [
      "a gzip with a wrong checksum",
      () => zipped.map((byte, at) => (at === zipped.length - 6 ? byte ^ 1 : byte)),
      "in: the gzip data is truncated, corrupt or in several parts; fetch or compress the file again",
    ],
  ])("%s", async (_, source, message) => {
    expect(await messageOf(await source(), { name: "in" })).toBe(message.replace("ADDRESS", address));
  });

  it("a host that can't be reached", async () => {
    expect(await messageOf("http://127.0.0.1:1/x")).toBe(
      "http://127.0.0.1:1/x: cannot be fetched (fetch failed); check the address and the connection",
    );
  });

  it("that the source itself raises come through, also through gzip", async () => {
    const failure = new Error("the source broke");
    async function* broken(bytes: Uint8Array) {
      yield bytes;
      throw failure;
    }
    expect(await errorOf(read(broken(plain)))).toBe(failure);
    expect(await errorOf(read(broken(zipped.subarray(0, 50))))).toBe(failure);
  });
});

describe("leaving early", () => {
  async function* silentAfter(first: Uint8Array) {
    yield first;
    await new Promise(() => {});
  }

  it.skipIf(!existsSync(handles)).each([() => csv, () => gz])("closes the file", async (path) => {
    const before = openFiles();
    for await (const chunk of openBytes(path())) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    for await (const batch of readCsv(path(), { columns: () => ["number", "number", "category"], batchRows: 2 })) {
      expect(batch.rows).toBe(2);
      break;
    }
    expect(openFiles()).toBe(before);
  });

  it.skipIf(!existsSync(handles))("closes the file at an error", async () => {
    const before = openFiles();
    await errorOf(readCsv(csv).next());
    expect(openFiles()).toBe(before);
  });

  it("ends the source", async () => {
    const ended: string[] = [];
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(plain),
      cancel: () => void ended.push("stream"),
    });
    async function* sequence() {
      try {
        for (;;) yield zipped.subarray(0, 1000);
      } finally {
        ended.push("sequence");
      }
    }
    for await (const _ of openBytes(stream)) break;
    for await (const _ of openBytes(sequence())) break;
    expect(ended).toEqual(["stream", "sequence"]);
  });

  it("an abort stops a read that would wait for ever, with the signal's reason", async () => {
    for (const bytes of [plain, zipped.subarray(0, 100)]) {
      const controller = new AbortController();
      const reading = read(silentAfter(bytes), { signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 5);
      expect((await errorOf(reading)).message).toBe("enough");
    }
    const controller = new AbortController();
    const reading = read(`${address}/silent`, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect((await errorOf(reading)).name).toBe("AbortError");
  });

  it("an abort stops between batches, and before the first byte", async () => {
    const controller = new AbortController();
    const rows: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const batch of readCsv(csv, { columns: () => ["number", "skip", "skip"], batchRows: 10, signal: controller.signal })) {
        rows.push(batch.rows);
        if (rows.length === 3) controller.abort();
      }
    };
    expect((await errorOf(reading())).name).toBe("AbortError");
    expect(rows).toEqual([10, 10, 10]);
    expect((await errorOf(read(csv, { signal: AbortSignal.abort() }))).name).toBe("AbortError");
  });
});
