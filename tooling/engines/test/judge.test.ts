// The verdict and the report, on made-up runs.
import { expect, it } from "vitest";
import type { Combination } from "../src/combinations.ts";
import { agreements, type Run, standing } from "../src/judge.ts";
import { formatReport } from "../src/report.ts";
import type { Outcome } from "../src/runCombination.ts";

const engine = { version: "24.0.0", binary: "node" };

function run(threads: number, outcome: Outcome | string): Run {
  const combination: Combination = { engine, threads, execution: "narrow" };
  if (typeof outcome !== "string") return { combination, outcome };
  return { combination, outcome: { state: "trained", experiments: [{ name: "reference", cost: 0.5, sha256: outcome }] } };
}

const runs = [
  run(1, "aa"),
  run(2, "bb"),
  run(3, "aa"),
  run(4, { state: "failed", reason: "RuntimeError: unreachable" }),
  run(8, { state: "skipped", reason: "not installed: offline" }),
];

it("what most have is agreed on, wherever it stands among them", () => {
  expect(agreements(runs)).toEqual([{ name: "reference", cost: 0.5, sha256: "aa", runs: 2 }]);
  expect(agreements([run(1, "bb"), run(2, "aa"), run(3, "aa")])[0].sha256).toBe("aa");
});

it("a run is the same, odd, failed or skipped", () => {
  expect(runs.map((each) => standing(each, agreements(runs)))).toEqual(["same", "odd", "same", "failed", "skipped"]);
});

it("the report names those that stand apart, and counts", () => {
  const report = formatReport(runs, "made-up data", false);
  expect(report).toMatch(/^Node 24\.0\.0 +narrow +✓ +≠ +✓ +✗ +– +not installed: offline$/m);
  expect(report).toContain("≠ Node 24.0.0, narrow, 2 threads: reference gives bb");
  expect(report).toContain("✗ Node 24.0.0, narrow, 4 threads: RuntimeError: unreachable");
  expect(report).toContain("5 combinations: 2 agree, 1 differ, 1 failed, 1 skipped");
});
