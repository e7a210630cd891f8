// From the file to compiled kernels, narrow or, on request and after a self-test, wide. The URL is static and the file
// directly under src/, as deep as dist/, so that both the source and the build find build/linalg.wasm, and so do bundlers.
import type { Execution } from "./Linalg.ts";
import { answer, KNOWN_ANSWER } from "./selfTest/selfTest.ts";
import { startLinalg } from "./startLinalg.ts";
import { compileUnderSwitches, whyNotWide } from "./wideFlags.ts";

const MODULE_URL = new URL("../build/linalg.wasm", import.meta.url);
/**
 * An empty custom section named "wide". V8 keeps one compilation of the same bytes for the whole process, so without it the wide module
 * could be the narrow one that was there before, and the other way round.
 */
const WIDE_SECTION = Uint8Array.of(0, 5, 4, 0x77, 0x69, 0x64, 0x65);

/** The module and how it is executed. */
export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly execution: Execution;
}

/** Compiles the kernels for 128 bits at a time. */
export async function compileNarrow(): Promise<CompiledKernels> {
  // In one piece, as the wide compilation is: so neither of two that were asked for at once gets the other's switches.
  const module = isFile() ? new WebAssembly.Module(await readModule()) : await WebAssembly.compileStreaming(fetch(MODULE_URL));
  return { module, execution: { compute: "narrow" } };
}

/**
 * Compiles the kernels for 256 bits at a time and tests what came out; where the platform can't, or the optimised code does not give
 * `knownAnswer`, the kernels are narrow and a notice says why.
 */
export async function compileWide(knownAnswer: string = KNOWN_ANSWER): Promise<CompiledKernels> {
  const why = await whyNotWide();
  if (why !== undefined) return narrowInstead(`wide execution is not possible here: ${why}; the kernels run narrow, to the same bits`);
  const module = compileUnderSwitches(join(await readModule(), WIDE_SECTION));
  const execution: Execution = { compute: "wide" };
  if (answer(await startLinalg({ module, execution }, 1)) === knownAnswer) return { module, execution };
  return narrowInstead(
    `wide execution has failed its self-test on Node ${process.versions.node}; the kernels run narrow, to the right bits`,
  );
}

async function narrowInstead(notice: string): Promise<CompiledKernels> {
  const { module } = await compileNarrow();
  return { module, execution: { compute: "narrow", notice } };
}

function isFile(): boolean {
  return MODULE_URL.protocol === "file:";
}

async function readModule(): Promise<Uint8Array<ArrayBuffer>> {
  const { readFile } = await import("node:fs/promises");
  return new Uint8Array(await readFile(MODULE_URL));
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
