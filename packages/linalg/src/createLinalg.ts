// The package's door: what a caller asks for becomes compiled kernels, kept for the next caller, and a Linalg on them.
import { availableThreads } from "./availableThreads.ts";
import { type CompiledKernels, compileNarrow, compileWide } from "./compile.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { startLinalg } from "./startLinalg.ts";

/** How a Linalg is made. */
export interface LinalgOptions {
  /** Threads that share the work, the caller included; the machine's cores by default, 1 on a page without cross-origin isolation. */
  readonly threads?: number;
  /** Asks for 256-bit execution, to the same bits; `compute` and `notice` of the Linalg say what came of it. */
  readonly wide?: boolean;
}

let narrow: Promise<CompiledKernels> | undefined;
let wideOrNarrow: Promise<CompiledKernels> | undefined;

/**
 * Makes a memory with the kernels and a team of threads on it, in Node or a browser. The results depend neither on the number
 * of threads nor on wide execution. Throws a LinalgError if a helper can't be started.
 */
export async function createLinalg(options: LinalgOptions = {}): Promise<Linalg> {
  const { threads = await availableThreads(), wide = false } = options;
  if (!Number.isSafeInteger(threads) || threads < 1) throw new LinalgError(`createLinalg: threads is ${threads}; it must be at least 1`);
  return startLinalg(await compiled(wide), threads);
}

// A compilation that failed, as for want of a network, is not kept.
async function compiled(wide: boolean): Promise<CompiledKernels> {
  try {
    return await (wide ? (wideOrNarrow ??= compileWide()) : (narrow ??= compileNarrow()));
  } catch (error) {
    if (wide) wideOrNarrow = undefined;
    else narrow = undefined;
    throw error;
  }
}
