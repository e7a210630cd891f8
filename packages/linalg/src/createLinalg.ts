// Loads the compiled module. The URL is static and the file directly under src/, as deep as dist/, so that both the
// source and the build find build/linalg.wasm, and so do bundlers.
import type { Kernels } from "./kernels.ts";
import { Linalg } from "./Linalg.ts";

const MODULE_URL = new URL("../build/linalg.wasm", import.meta.url);
/** What the module declares (asconfig.json): its packing buffers, with room for small matrices. */
const INITIAL_PAGES = 64;
/** 4 GiB, all that wasm32 can address; pages are taken as they are needed. */
const MAXIMUM_PAGES = 65_536;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Makes a memory of its own with the kernels in it, in Node or a browser. Throws if the module can't be loaded. */
export async function createLinalg(): Promise<Linalg> {
  compiled ??= compile();
  const module = await compiled;
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  return new Linalg(memory, instance.exports as unknown as Kernels);
}

async function compile(): Promise<WebAssembly.Module> {
  if (MODULE_URL.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return WebAssembly.compile(await readFile(MODULE_URL));
  }
  return WebAssembly.compileStreaming(fetch(MODULE_URL));
}
