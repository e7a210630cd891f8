// Loads the compiled module and starts the team. The URL is static and the file directly under src/, as deep as dist/,
// so that both the source and the build find build/linalg.wasm, and so do bundlers.
import { availableThreads } from "./availableThreads.ts";
import { startHelper } from "./helpers.ts";
import { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { Team } from "./Team.ts";
import type { ModuleExports } from "./wasm.ts";

const MODULE_URL = new URL("../build/linalg.wasm", import.meta.url);
const PAGE_BYTES = 65_536;
/** 4 GiB, all that wasm32 can address; pages are taken as they are needed. */
const MAXIMUM_PAGES = 65_536;
/** The room for threads in the module's control block. */
const MOST_THREADS = 64;

/** How a Linalg is made. */
export interface LinalgOptions {
  /** Threads that share the work, the caller included; the machine's cores by default, 1 on a page without cross-origin isolation. */
  readonly threads?: number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Makes a memory with the kernels and a team of threads on it, in Node or a browser. The results don't depend on the number
 * of threads. Throws a LinalgError if a helper can't be started.
 */
export async function createLinalg(options: LinalgOptions = {}): Promise<Linalg> {
  const { threads = await availableThreads() } = options;
  if (!Number.isSafeInteger(threads) || threads < 1) throw new LinalgError(`createLinalg: threads is ${threads}; it must be at least 1`);
  compiled ??= compile();
  const module = await compiled;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const main = exports as ModuleExports;

  const team = Math.min(threads, MOST_THREADS);
  const [base, bytes] = [main.heapBase.value, main.workspaceBytes.value];
  const top = base + team * bytes;
  memory.grow(Math.ceil(top / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES);
  main.useWorkspace(base);
  main.assemble(team, 0);
  const helpers = Array.from({ length: team - 1 }, (_, index) =>
    startHelper({ module, memory, thread: index + 1, workspace: base + (index + 1) * bytes }),
  );
  return new Linalg(memory, main, new Team(main, memory, await Promise.all(helpers)), top);
}

async function compile(): Promise<WebAssembly.Module> {
  if (MODULE_URL.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return WebAssembly.compile(await readFile(MODULE_URL));
  }
  return WebAssembly.compileStreaming(fetch(MODULE_URL));
}
