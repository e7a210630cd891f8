// The reference experiment as the long tests run it: the root's config, other data or seeds, no sinks.
import { join } from "node:path";
import { pipeline, ROOT } from "./command.ts";
import { eventsOf, readEvents } from "./runFolderContents.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** What a run of it came to. */
export interface ReferenceRun {
  /** `costs[n]` is the cost at iteration n, before the update: epoch n + 1. */
  readonly costs: readonly number[];
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly finalCost: number;
}

/** Trains 500 epochs from `seed` with these values over those of config.json. Throws if it does not end with 0. */
export async function referenceRun(seed: number, overrides: Readonly<Record<string, string>> = {}): Promise<ReferenceRun> {
  const out = join(await temporaryFolder(), "run");
  const set = Object.entries({ sinks: "[]", ...overrides }).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const args = ["run", "config.json", "--json", "--seed", String(seed), "--out", out, ...set];
  const { exitCode, stdout, stderr } = await pipeline(args, { cwd: ROOT, longestMs: 280_000 });
  if (exitCode !== 0) throw new Error(`the reference experiment ended with ${exitCode}: ${stderr}`);
  const { epochs, train, test } = JSON.parse(stdout) as { epochs: number } & Record<"train" | "test", { cost: number; accuracy: number }>;
  const costs = eventsOf(await readEvents(out), "epochCompleted").map(({ cost }) => cost);
  if (epochs !== 500 || costs.length !== 500) throw new Error(`expected 500 epochs, got ${epochs} and ${costs.length} events`);
  return { costs, trainAccuracy: train.accuracy, testAccuracy: test.accuracy, finalCost: train.cost };
}
