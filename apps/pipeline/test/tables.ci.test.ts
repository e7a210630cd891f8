// The example configs of real tables: what they reach, as the median over five seeds.
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline, ROOT } from "./command.ts";
import { realData } from "./realData.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const TABLES = realData("tables");
// Of the prices of all districts, in dollars.
const PRICE_DEVIATION = 115_393;

async function medianOf(example: string, measure: "accuracy" | "rmse"): Promise<number> {
  const out = join(await temporaryFolder(), "run");
  const reached: number[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    const args = [
      "run",
      join("apps/pipeline/examples/tables", example),
      "--seed",
      String(seed),
      "--threads",
      "1",
      "--set",
      "sinks=[]",
      "--json",
    ];
    // eslint-disable-next-line no-await-in-loop
    const { exitCode, stdout, stderr } = await pipeline([...args, "--out", out, "--overwrite"], {
      cwd: ROOT,
      env: { TABLES },
      longestMs: 200_000,
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
    reached.push((JSON.parse(stdout) as { test: Record<typeof measure, number> }).test[measure]);
  }
  return reached.toSorted((a, b) => a - b)[2];
}

test.skipIf(TABLES === undefined)("iris: at least 93% of the irises set aside", async () => {
  expect(await medianOf("iris.json", "accuracy")).toBeGreaterThanOrEqual(0.93);
});

test.skipIf(TABLES === undefined)("titanic: at least 78% of the passengers set aside", async () => {
  expect(await medianOf("titanic.json", "accuracy")).toBeGreaterThanOrEqual(0.78);
});

test.skipIf(TABLES === undefined)("california-housing: an error of at most 0.55 of the prices' deviation", async () => {
  expect(await medianOf("california-housing.json", "rmse")).toBeLessThanOrEqual(0.55 * PRICE_DEVIATION);
});
