// One sha256 of the final weights on every Node, with any number of threads, narrow and wide. An engine that can't be
// installed here, or that has no wide execution, is skipped, and counted.
import { beforeAll, expect, it } from "vitest";
import { combinationsOf, nameOf } from "../src/combinations.ts";
import { findEngine } from "../src/findEngine.ts";
import { type Outcome, runCombination } from "../src/runCombination.ts";
import { trainingFiles } from "../src/trainingFiles.ts";
import { VERSIONS } from "../src/versions.ts";

const files = trainingFiles();
const engines = await Promise.all(VERSIONS.map(findEngine));
const combinations = combinationsOf(engines);

let known: Outcome;
beforeAll(async () => {
  const here = { version: process.versions.node, binary: process.execPath };
  known = await runCombination({ engine: here, threads: 1, execution: "narrow" }, files);
});

it("the experiments learn on the Node that runs this", () => {
  if (known.state !== "trained") throw new Error(known.reason);
  const names = ["reference", "mini-batch sgd", "mini-batch adam", "adam, dropout", "convolutional"];
  expect(known.experiments.map(({ name }) => name)).toEqual(names);
  // The mean loss of a model that knows nothing is ln 10.
  for (const { cost } of known.experiments) expect(cost).toBeLessThan(0.75 * Math.log(10));
});

it.for(combinations.map((combination) => ({ name: nameOf(combination), combination })))("$name", async ({ combination }, { skip }) => {
  const outcome = await runCombination(combination, files);
  if (outcome.state === "skipped") skip(outcome.reason);
  expect(outcome).toEqual(known);
});
