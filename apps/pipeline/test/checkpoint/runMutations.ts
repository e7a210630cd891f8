// Mutations in a process of their own, whose memory is told.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ROOT } from "../command.ts";

const PROGRAM = fileURLToPath(new URL("mutationRun.ts", import.meta.url));

/** What a reader may take beside the tensors. */
export const MOST_GROWTH_BYTES: number = 16 * 2 ** 20;

/** What came of them. */
export interface MutationResult {
  readonly mutations: number;
  /** Of those with a hash that fits. */
  readonly refused: number;
  readonly faults: readonly string[];
  /** By how much the process's most memory has grown since it had read intact files. */
  readonly grownBytes: number;
}

/** Reads mutations number `from` up to `to`. Throws if the process crashes, or takes longer than `longestMs`. */
export function runMutations(from: number, to: number, longestMs: number): MutationResult {
  // Garbage is taken away at once: what is measured is what is held.
  const args = ["--max-semi-space-size=1", "--import", "tsx", PROGRAM, String(from), String(to)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", timeout: longestMs });
  if (status !== 0) throw new Error(`the process ended with ${status ?? signal}: ${stderr}`);
  return JSON.parse(stdout) as MutationResult;
}
