// Runs the experiments in a process of the engine's own.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Combination } from "./combinations.ts";
import type { Trained } from "./experiments.ts";
import type { TrainingFiles } from "./trainingFiles.ts";

const PROGRAM = fileURLToPath(new URL("./experiments.ts", import.meta.url));
/** Milliseconds after which an engine hangs; the slowest here takes seconds. */
const DEADLINE = 120_000;

/** What came of a combination. */
export type Outcome =
  | { readonly state: "trained"; readonly experiments: Trained["experiments"] }
  | { readonly state: "skipped" | "failed"; readonly reason: string };

/** Runs `combination` on `files`. A program that fails is an outcome too, an engine that is not there is skipped. */
export async function runCombination(combination: Combination, files: TrainingFiles): Promise<Outcome> {
  const { engine, threads, execution } = combination;
  if (engine.binary === undefined) return { state: "skipped", reason: engine.reason };
  try {
    const args = [PROGRAM, files.features, files.labels, `${threads}`, execution];
    // Types are stripped with a warning in Node 22; NODE_OPTIONS of the caller are for the caller's version.
    const env = { ...process.env, NODE_NO_WARNINGS: "1", NODE_OPTIONS: "" };
    const { stdout } = await promisify(execFile)(engine.binary, args, { env, timeout: DEADLINE });
    const { compute, notice, experiments } = JSON.parse(stdout) as Trained;
    // Where wide is not possible it is skipped; where it was tried and gave other bits, something is wrong.
    if (compute !== execution) {
      return { state: notice?.includes("self-test") ? "failed" : "skipped", reason: notice?.split(";")[0] ?? `it ran ${compute}` };
    }
    return { state: "trained", experiments };
  } catch (error) {
    const { stderr, message, killed } = error as Error & { readonly stderr?: string; readonly killed?: boolean };
    const said = stderr?.split("\n").find((line) => line.includes("Error")) ?? message;
    return { state: "failed", reason: killed === true ? `no answer in ${DEADLINE / 1000} s` : said };
  }
}
