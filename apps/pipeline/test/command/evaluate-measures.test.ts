// What evaluate measures, against the definitions worked out from what predict says of the same rows.
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluation } from "../../src/model/evaluateSamples.ts";
import { pipeline } from "../command.ts";
import { smallProject } from "../smallProject.ts";

// Seven classes that overlap, a column with gaps and one of categories.
const CLASSES = ["ant", "bee\u001b[31m", "cow", "d,e", "=elk", "fox", "日本"];
const ROWS = Array.from({ length: 1500 }, (_, row) => {
  const group = (row * 5) % CLASSES.length;
  const wobble = ((row * 37) % 41) / 10;
  return {
    label: CLASSES[group],
    price: 1000 * group + 300 * wobble,
    record: [
      (group + wobble).toFixed(2),
      row % 11 === 0 ? "" : (group * group - wobble).toFixed(2),
      ["red", "green", "blue"][(group + (row % 4 === 0 ? 1 : 0)) % 3],
    ].join(","),
  };
});

function tableOf(label: "label" | "price"): string {
  return `width,depth,colour,${label}\n${ROWS.map((row) => `${row.record},${label === "label" ? `"${row.label}"` : row.price}\n`).join("")}`;
}

async function trained(label: "label" | "price", model: unknown): Promise<string> {
  const columns = { depth: { missing: "median" } };
  const data = { train: { file: "table.csv", label }, test: { fraction: 0.3 }, columns, scale: "standard" };
  const folder = await smallProject({ data, model, batchSize: 64, epochs: 3 }, { "table.csv": tableOf(label) });
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  return folder;
}

async function evaluated(folder: string): Promise<Evaluation> {
  const { exitCode, stdout, stderr } = await pipeline(["evaluate", "run", "--data", "table.csv", "--json"], { cwd: folder });
  expect([exitCode, stderr, stdout.trimEnd().split("\n").length]).toEqual([0, "", 1]);
  return JSON.parse(stdout) as Evaluation;
}

async function predicted<Row>(folder: string): Promise<Row[]> {
  const { stdout } = await pipeline(["predict", "run", join(folder, "table.csv"), "--format", "ndjson"], { cwd: folder });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe("classes", () => {
  const layers = [
    { type: "dense", units: 16, activation: "relu" },
    { type: "dense", units: CLASSES.length },
  ];
  let folder: string;
  let evaluation: Evaluation;
  let answers: { class: string; probabilities: Record<string, number> }[];
  beforeAll(async () => {
    folder = await trained("label", { layers });
    [evaluation, answers] = await Promise.all([evaluated(folder), predicted<(typeof answers)[number]>(folder)]);
  });

  test("accuracy, cost and top-5 are those of predict's probabilities", () => {
    const hits = answers.map((answer, row) => Number(answer.class === ROWS[row].label));
    expect(evaluation.samples).toBe(ROWS.length);
    expect(evaluation.accuracy).toBeCloseTo(mean(hits), 12);
    expect(evaluation.accuracy).toBeLessThan(1);
    expect(evaluation.cost).toBeCloseTo(mean(answers.map((answer, row) => -Math.log(answer.probabilities[ROWS[row].label]))), 4);
    const inTop5 = answers.map(({ probabilities }, row) => {
      const best = Object.keys(probabilities).toSorted((a, b) => probabilities[b] - probabilities[a]);
      return Number(best.slice(0, 5).includes(ROWS[row].label));
    });
    expect(evaluation.topK).toEqual({ 1: evaluation.accuracy, 5: mean(inTop5) });
  });

  test("the confusion matrix counts predict's classes, and the scores are those of the matrix", () => {
    const names = CLASSES.toSorted((a, b) => (a < b ? -1 : 1));
    expect(evaluation.classes).toEqual(names);
    const count = (actual: string, taken: string): number =>
      answers.filter((answer, row) => ROWS[row].label === actual && answer.class === taken).length;
    expect(evaluation.confusionMatrix).toEqual(names.map((actual) => names.map((taken) => count(actual, taken))));
    const recalls = names.map((name) => count(name, name) / ROWS.filter(({ label }) => label === name).length);
    expect(evaluation.byClass?.map((scores) => scores.class)).toEqual(names);
    evaluation.byClass?.forEach(({ recall, support }, index) => {
      expect(recall).toBeCloseTo(recalls[index], 12);
      expect(support).toBe(ROWS.filter(({ label }) => label === names[index]).length);
    });
    expect(evaluation.macro?.recall).toBeCloseTo(mean(recalls), 12);
    expect(evaluation.weighted?.recall).toBeCloseTo(evaluation.accuracy ?? Number.NaN, 12);
  });

  test("in plain text: a line, a table of scores, the matrix; no class name can act on the terminal", async () => {
    const { stdout, stderr } = await pipeline(["evaluate", "run", "--data", "table.csv"], { cwd: folder, env: { FORCE_COLOR: "1" } });
    expect(stderr).toBe("");
    const [line, scores, matrix] = stdout.split("\n\n").map((block) => block.trimEnd().split("\n"));
    expect(line[0]).toMatch(/^Data accuracy \d+\.\d\d%, top-5 \d+\.\d\d%, cost \d\.\d+, 1500 samples$/);
    expect(scores).toHaveLength(1 + CLASSES.length + 2);
    expect(scores[0]).toMatch(/^class +precision +recall +F1 +samples$/);
    expect(matrix).toHaveLength(1 + CLASSES.length);
    expect(stdout).not.toContain("\u001b");
  });
});

describe("values", () => {
  test("errors and R² are those of predict's values, in their own unit", async () => {
    const folder = await trained("price", { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" });
    const [evaluation, answers] = await Promise.all([evaluated(folder), predicted<{ price: number }>(folder)]);
    const errors = answers.map(({ price }, row) => price - ROWS[row].price);
    const average = mean(ROWS.map(({ price }) => price));
    const variance = mean(ROWS.map(({ price }) => (price - average) ** 2));
    const squares = mean(errors.map((error) => error ** 2));
    const near = (found: number | undefined, wanted: number): void => expect(Math.abs((found ?? NaN) / wanted - 1)).toBeLessThan(1e-4);
    near(evaluation.rmse, Math.sqrt(squares));
    near(evaluation.meanAbsoluteError, mean(errors.map(Math.abs)));
    near(evaluation.r2, 1 - squares / variance);
    expect(Object.keys(evaluation)).toEqual(["samples", "cost", "rmse", "meanAbsoluteError", "r2"]);
    const { stdout } = await pipeline(["evaluate", "run"], { cwd: folder });
    expect(stdout).toMatch(/^Test RMSE \S+, MAE \S+, R² \S+, cost \S+, 450 samples\n$/);
  });
});
