import { expect, it } from "vitest";
import type { BenchResult } from "../src/Bench.ts";
import { jsonLine } from "../src/report/jsonLine.ts";
import { paintFor } from "../src/report/paint.ts";
import { formatReport } from "../src/report/table.ts";

const machine = { cpu: "A processor", cores: 2, memoryGiB: 8, platform: "linux x64", node: "24.0.0", v8: "13", loadAverage: 0 };
const result: BenchResult = {
  rows: [
    { who: "narrow", version: "1", value: 8.123456, unit: "ms/epoch" },
    { who: "narrow", version: "1", value: 100, unit: "GFLOP/s" },
    { who: "peak", version: "2", value: 57.5, unit: "GFLOP/s" },
  ],
  ratios: [{ name: "narrow/rival", value: 2.1234567, lowest: 2, highest: 3 }],
  notes: ["A note."],
};

it("gives scripts one line of JSON", () => {
  const line = jsonLine("seed", machine, result);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    bench: "seed",
    machine,
    rows: [{ ...result.rows[0], value: 8.1235 }, result.rows[1], result.rows[2]],
    ratios: { "narrow/rival": 2.1235 },
  });
});

it("gives people a table, a column a unit", () => {
  const text = formatReport({ bench: "seed", question: "How long?", machine, result }, paintFor({ isTTY: false }));
  expect(text.split("\n")).toEqual([
    "",
    "seed  How long?",
    "A processor, 2 cores, linux x64, Node 24.0.0, load average 0.00 at the start",
    "",
    "who     version  ms/epoch  GFLOP/s",
    "narrow  1            8.12   100.00",
    "peak    2                    57.50",
    "",
    "narrow/rival  2.12  (2.00 to 3.00 over the rounds)",
    "",
    "A note.",
    "",
  ]);
});

it("gives a column to each case, a line to each way a rival was started, and a table to their ratios", () => {
  const row = (who: string, version: string, value: number) => ({ who, version, value, unit: "ms" });
  const ratio = (name: string, value: number) => ({ name, value, lowest: value, highest: value });
  const cases: BenchResult = {
    rows: [row("narrow@1", "1", 0.05), row("numpy@1", "1 thread", 2), row("narrow@2", "1", 1234.5), row("numpy@2", "2 threads", 3)],
    ratios: [ratio("narrow/numpy@1", 40), ratio("narrow/peak@2", 0.75), ratio("narrow/scaling2", 1.9)],
    notes: [],
  };
  const text = formatReport({ bench: "gemm", question: "How near?", machine, result: cases }, paintFor({ isTTY: false }));
  expect(text.split("\n").slice(4)).toEqual([
    "who     version        ms    ms",
    "                        1     2",
    "narrow  1          0.0500  1235",
    "numpy   1 thread     2.00",
    "numpy   2 threads          3.00",
    "",
    "ratio             1     2",
    "narrow/numpy  40.00",
    "narrow/peak          0.75",
    "",
    "narrow/scaling2  1.90  (1.90 to 1.90 over the rounds)",
    "",
  ]);
});

it("warns where the machine had other work", () => {
  const report = (loadAverage: number) =>
    formatReport({ bench: "seed", question: "How long?", machine: { ...machine, loadAverage }, result }, paintFor({ isTTY: false }));
  expect(report(1.1)).toContain("The machine had other work");
  expect(report(1)).not.toContain("The machine had other work");
});

it("prints no empty blocks without ratios and notes", () => {
  const text = formatReport(
    { bench: "seed", question: "How long?", machine, result: { ...result, ratios: [], notes: [] } },
    paintFor({ isTTY: false }),
  );
  expect(text.endsWith("57.50\n")).toBe(true);
});
