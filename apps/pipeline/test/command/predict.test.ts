// `predict` and `evaluate` on what a run has left, away from the config and the data.
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { filesBelow } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_ROWS, SMALL_TABLE } from "../smallTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

// Only what predict promises to need: a copy of the run, and rows.
let elsewhere: string;
let project: string;
let printed: { test: { cost: number; accuracy: number } };

const FEATURES = SMALL_ROWS.map((row) => row.replace(/,[a-z]+$/, ""));
const TRUTH = SMALL_ROWS.map((row) => row.replace(/^.*,/, ""));

beforeAll(async () => {
  project = await smallProject({ data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 }, scale: "standard" } });
  const { stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: project });
  printed = JSON.parse(stdout) as typeof printed;
  elsewhere = await temporaryFolder();
  await cp(join(project, "run", "model.safetensors"), join(elsewhere, "run", "model.safetensors"), { recursive: true });
  await writeFile(join(elsewhere, "table.csv"), SMALL_TABLE);
  await writeFile(join(elsewhere, "rows.csv"), `${FEATURES.join("\n")}\n`);
});

const predict = async (args: readonly string[], input?: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await pipeline(["predict", "run", ...args], {
    cwd: elsewhere,
    ...(input !== undefined && { input }),
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
};

test.concurrent("evaluate prints the run's own test result", async () => {
  const { exitCode, stdout, stderr } = await pipeline(["evaluate", "run", "--json"], { cwd: project });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  const { samples, accuracy, cost } = JSON.parse(stdout) as { samples: number; accuracy: number; cost: number };
  expect([samples, accuracy]).toEqual([18, printed.test.accuracy]);
  expect(cost).toBeCloseTo(printed.test.cost, 6);
  const line = (await pipeline(["evaluate", "run"], { cwd: project })).stdout;
  expect(line).toMatch(new RegExp(`^Test accuracy ${(100 * accuracy).toFixed(2)}%, .*\\n`));
});

test.concurrent("predict: a header, a class a row, probabilities that add up, and evaluate's accuracy", async () => {
  const records = readRecords(await predict(["table.csv"]));
  expect(records).toHaveLength(60);
  expect(Object.keys(records[0])).toEqual(["class", "probability", "probability_ant", "probability_bee", "probability_cow"]);
  for (const { class: predicted, probability, ...probabilities } of records) {
    const numbers = Object.values(probabilities).map(Number);
    expect(numbers.reduce((sum, number) => sum + number, 0)).toBeCloseTo(1, 5);
    expect(probabilities[`probability_${predicted}`]).toBe(probability);
    expect(Number(probability)).toBe(Math.max(...numbers));
  }
  const hits = records.filter(({ class: predicted }, row) => predicted === TRUTH[row]).length;
  const { stdout } = await pipeline(["evaluate", "run", "--data", "table.csv", "--json"], { cwd: project });
  expect(JSON.parse(stdout)).toMatchObject({ samples: 60, accuracy: hits / 60 });
});

test.concurrent("rows without the label, with or without a header, from a file or from standard input: the same answers", async () => {
  const wanted = await predict(["table.csv"]);
  const headed = `width,depth,noise\n${FEATURES.join("\n")}\n`;
  const answers = await Promise.all([
    predict(["rows.csv"]),
    predict(["-"], SMALL_TABLE),
    predict(["-"], headed),
    predict(["-"], FEATURES.join("\n")),
  ]);
  for (const answer of answers) expect(answer).toBe(wanted);
});

test.concurrent("a single row will do", async () => {
  expect(readRecords(await predict(["-"], `${FEATURES[0]}\n`))).toHaveLength(1);
});

test("--out writes the same to a file, from where one stands, and nothing to standard output", async () => {
  expect(await predict(["rows.csv", "--out", "classes.csv"])).toBe("");
  expect(await readFile(join(elsewhere, "classes.csv"), "utf8")).toBe(await predict(["rows.csv"]));
  expect((await filesBelow(elsewhere)).filter((file) => file.includes("partial"))).toEqual([]);
});

test("--out where there is no folder is exit 2, with one message", async () => {
  const { exitCode, stderr } = await pipeline(["predict", "run", "rows.csv", "--out", "gone/classes.csv"], { cwd: elsewhere });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^--out gone\/classes\.csv can't be written: .*\n$/);
});

test.concurrent.each([
  ["a column too few", "1,2\n", /expected 3 as in training/],
  ["two columns too many", "1,2,3,4,5\n", /expected 3 as in training/],
  ["a field that is no number", "1,2,3\n1,y,3\n", /:2:3 {2}.*y/],
  ["nothing", "", /no records/],
  ["numbers too large for an answer", "1,2,3\n3e38,-3e38,3e38\n", /^stdin:2 {2}record 2: /],
])("%s is exit 3, with one message", async (_, input, message) => {
  const { exitCode, stderr } = await pipeline(["predict", "run", "-"], { cwd: elsewhere, input });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(exitCode).toBe(3);
});

test.concurrent("evaluate on data with a class that the model doesn't know is exit 3", async () => {
  await writeFile(join(project, "strange.csv"), SMALL_TABLE.replace(",ant", ",emu"));
  const { exitCode, stderr } = await pipeline(["evaluate", "run", "--data", "strange.csv"], { cwd: project });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/strange\.csv:2\S* {2}.*emu/);
});

test.concurrent("evaluate without a test set says what to give", async () => {
  const folder = await smallProject({ data: { train: { file: "table.csv", label: "kind" } }, epochs: 1 });
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  const { exitCode, stderr } = await pipeline(["evaluate", "run"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([2, "the run has no test set; give --data FILE\n"]);
});
