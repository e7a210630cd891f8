// Where the programs of contestants stand, and how they are started.
import { fileURLToPath } from "node:url";
import type { ContestantCommand } from "./ContestantProcess.ts";

/** A program of ours, TypeScript or JavaScript under src/ours/, on this very Node; it imports the built packages. */
export function ourProgram(who: string, file: string, args: readonly string[]): ContestantCommand {
  const path = fileURLToPath(new URL(`../ours/${file}`, import.meta.url));
  return { who, command: process.execPath, args: [...(file.endsWith(".ts") ? ["--import", "tsx"] : []), path, ...args] };
}

/** A JavaScript program under rivals/, on this very Node. */
export function nodeRival(who: string, file: string, args: readonly string[]): ContestantCommand {
  return { who, command: process.execPath, args: [rivalPath(file), ...args] };
}

/** A Python program under rivals/, with `threads` threads for whichever BLAS it calls. */
export function pythonRival(who: string, file: string, args: readonly string[], threads: number): ContestantCommand {
  const count = String(threads);
  return {
    who,
    command: "python3",
    // -B: no __pycache__ folders in the checkout.
    args: ["-B", rivalPath(file), ...args],
    env: { OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count, OMP_NUM_THREADS: count },
  };
}

function rivalPath(file: string): string {
  return fileURLToPath(new URL(`../../rivals/${file}`, import.meta.url));
}
