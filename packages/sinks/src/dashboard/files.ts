// The files that the page asks for: its style, uPlot, and its own modules, which are those of this package as they are built.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { STYLE } from "./style.ts";

/** What the page's modules import of the package, themselves included; from src and from dist the way is the same. */
const MODULES: ReadonlySet<string> = new Set([
  ...["charts", "connection", "controls", "epochRow", "LiveChart", "main", "Progress", "Status"].map(
    (name) => `/dashboard/page/${name}.js`,
  ),
  "/console/Pace.js",
  "/plot/Curve.js",
  "/text/quantity.js",
]);
const BUILT = fileURLToPath(new URL("../../dist", import.meta.url));
const UPLOT = join(createRequire(import.meta.url).resolve("uplot"), "..");

/** A file as a response has it. */
export interface PageFile {
  readonly type: string;
  readonly content: string;
}

/** The file at `path` of the server's address; undefined where there is none. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  if (path === "/style.css") return { type: "text/css", content: `${await readFile(join(UPLOT, "uPlot.min.css"), "utf8")}\n${STYLE}` };
  if (path === "/uPlot.js") return script(join(UPLOT, "uPlot.esm.js"));
  return MODULES.has(path) ? script(join(BUILT, path)) : undefined;
}

async function script(path: string): Promise<PageFile> {
  return { type: "text/javascript", content: await readFile(path, "utf8") };
}
