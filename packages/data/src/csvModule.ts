// The compiled kernel of the CSV reader. The URL is static and the file directly under src/, as deep as dist/, so that the
// source and the build both find build/csv.wasm, and so do bundlers.

const MODULE_URL = new URL("../build/csv.wasm", import.meta.url);

let compiled: Promise<WebAssembly.Module | undefined> | undefined;

/** The kernel, compiled once; undefined where WebAssembly is forbidden or the file can't be had: readers then do without. */
export function csvModule(): Promise<WebAssembly.Module | undefined> {
  compiled ??= readModule()
    .then((bytes) => WebAssembly.compile(bytes))
    .catch(() => undefined);
  return compiled;
}

async function readModule(): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> {
  if (MODULE_URL.protocol !== "file:") return (await fetch(MODULE_URL)).arrayBuffer();
  const { readFile } = await import("node:fs/promises");
  return new Uint8Array(await readFile(MODULE_URL));
}
