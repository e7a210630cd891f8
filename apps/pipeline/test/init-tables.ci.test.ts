// Real tables: `init`, then `run`, with nothing edited between; the median over seeds 1 to 5.
import { expect, test } from "vitest";
import { pipeline } from "./command.ts";
import { realData } from "./realData.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

// Of the 20,640 house values.
const HOUSING_DEVIATION = 115_393;

const IRIS = realData("tables/iris.data");
const TITANIC = realData("tables/titanic.csv");
const HOUSING = realData("tables/california-housing.csv");

interface Tested {
  readonly accuracy: number;
  readonly rmse: number;
}

async function medianOf(measure: keyof Tested, file: string, label: readonly string[] = []): Promise<number> {
  const cwd = await temporaryFolder();
  expect((await pipeline(["init", file, ...label], { cwd })).exitCode).toBe(0);
  const results: number[] = [];
  for (const seed of ["1", "2", "3", "4", "5"]) {
    const { stdout } = await pipeline(["run", "config.json", "--json", "--quiet", "--seed", seed, "--out", seed], {
      cwd,
      longestMs: 120_000,
    });
    results.push((JSON.parse(stdout) as { test: Tested }).test[measure]);
  }
  return results.toSorted((a, b) => a - b)[2];
}

test.skipIf(IRIS === undefined)("iris: at least 93% of the test flowers", async () => {
  expect(await medianOf("accuracy", IRIS ?? "")).toBeGreaterThanOrEqual(0.93);
});

test.skipIf(TITANIC === undefined)("titanic: at least 78% of the test passengers", async () => {
  expect(await medianOf("accuracy", TITANIC ?? "")).toBeGreaterThanOrEqual(0.78);
});

test.skipIf(HOUSING === undefined)("california-housing: an error of at most 0.55 of the values' deviation", async () => {
  const rmse = await medianOf("rmse", HOUSING ?? "", ["--label", "median_house_value"]);
  expect(rmse / HOUSING_DEVIATION).toBeLessThanOrEqual(0.55);
});
