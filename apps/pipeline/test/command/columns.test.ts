// Tables with names, gaps and categories: from the file to a model, and raw rows to its answers.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

// The colour decides, but for blue, where the size does. Every eighth size is missing.
const ROWS = Array.from({ length: 120 }, (_, row) => {
  const colour = ["red", "green", "blue"][row % 3];
  const size = (row * 7) % 40;
  const kind = colour === "red" || (colour === "blue" && size < 20) ? "in" : "out";
  return { id: `n${row}`, colour, size: row % 8 === 0 ? "?" : String(size), price: 1000 * size + (colour === "red" ? 50_000 : 0), kind };
});
const table = (columns: readonly (keyof (typeof ROWS)[number])[]): string =>
  [columns.join(","), ...ROWS.map((row) => columns.map((column) => row[column]).join(",")), ""].join("\n");

const MODEL = {
  layers: [
    { type: "dense", units: 16, activation: "relu" },
    { type: "dense", units: 2 },
  ],
};
const DATA = {
  train: { file: "things.csv", label: "kind" },
  test: { fraction: 0.25 },
  columns: { id: "drop", size: { missing: "median" } },
  scale: "standard",
};

let folder: string;
let ran: CommandResult;
const inFolder = async (...args: string[]): Promise<CommandResult> => pipeline(args, { cwd: folder });

beforeAll(async () => {
  const files = { "things.csv": table(["id", "colour", "size", "kind"]) };
  folder = await smallProject({ data: DATA, model: MODEL, epochs: 100, batchSize: 16, sinks: [{ use: "console" }] }, files);
  ran = await inFolder("run", "config.json", "--json", "--out", "run");
});

test("names are dropped, categories and gaps are learnt from", async () => {
  expect(ran.exitCode).toBe(0);
  const { train, test: tested } = JSON.parse(ran.stdout) as Record<"train" | "test", { accuracy: number }>;
  expect(train.accuracy).toBeGreaterThan(0.9);
  expect(tested.accuracy).toBeGreaterThan(0.8);
  const [{ sets }] = eventsOf(await readEvents(join(folder, "run")), "dataLoaded");
  expect(sets.map(({ features }) => features)).toEqual([4, 4]);
});

test("the data check is in the events and on the console", async () => {
  const warnings = eventsOf(await readEvents(join(folder, "run")), "warningRaised").map(({ message }) => message);
  expect(warnings).toContainEqual(expect.stringMatching(/^train: \d+ of 90 rows repeat an earlier row's features$/));
  expect(ran.stderr.split("\n").filter((line) => line.startsWith("warning: "))).toEqual(warnings.map((message) => `warning: ${message}`));
});

test("evaluate takes the test set aside again, and raw files with other columns", async () => {
  const { test: tested } = JSON.parse(ran.stdout) as { test: { accuracy: number } };
  expect(JSON.parse((await inFolder("evaluate", "run", "--json")).stdout)).toMatchObject({ samples: 30, accuracy: tested.accuracy });
  await writeFile(join(folder, "other.csv"), table(["kind", "price", "size", "colour"]));
  const whole = await inFolder("evaluate", "run", "--data", "things.csv", "--json");
  expect((await inFolder("evaluate", "run", "--data", "other.csv", "--json")).stdout).toBe(whole.stdout);
  expect(JSON.parse(whole.stdout)).toMatchObject({ samples: 120 });
});

test("predict takes raw rows by name, with the label or without, and categories that training had not", async () => {
  await writeFile(join(folder, "bare.csv"), table(["size", "colour"]));
  const answers = await inFolder("predict", "run", "things.csv");
  expect(answers).toMatchObject({ exitCode: 0, stderr: `note: the model doesn't use the column "id"\n` });
  expect(await inFolder("predict", "run", "bare.csv")).toEqual({ ...answers, stderr: "" });
  const hits = readRecords(answers.stdout).filter(({ class: predicted }, row) => predicted === ROWS[row].kind).length;
  expect(hits).toBeGreaterThan(105);
  const unknown = await pipeline(["predict", "run", "-"], { cwd: folder, input: "size,colour\n1,violet\n" });
  expect(readRecords(unknown.stdout)).toHaveLength(1);
  const gone = await pipeline(["predict", "run", "-"], { cwd: folder, input: "size\n1\n" });
  expect([gone.exitCode, gone.stderr]).toEqual([
    3,
    expect.stringContaining('has no column "colour", which training had; its columns are "size"'),
  ]);
});

test("all that has to be said of the columns is asked for at once, with exit 3", async () => {
  const { exitCode, stderr } = await inFolder("run", "config.json", "--set", "data.columns={}", "--out", "none");
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /things\.csv: 2 columns need a word in the config:\n {2}column 0 \("id"\) holds text.*\n {2}column 2 \("size"\) is missing in 15/,
  );
});

test("a table may be tested on another file, whose categories are those of training", async () => {
  const data = { ...DATA, test: { file: "test.csv", label: "kind" } };
  const files = { "things.csv": table(["id", "colour", "size", "kind"]), "test.csv": "kind,size,colour\nin,,red\nout,3,green\n" };
  const other = await smallProject({ data, model: MODEL, epochs: 100, batchSize: 16 }, files);
  const { stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: other });
  expect(JSON.parse(stdout)).toMatchObject({ test: { accuracy: 1 } });
});

test("a regression of large values: trained on scaled ones, told in their own unit", async () => {
  const data = { ...DATA, train: { file: "prices.csv", label: "price" }, columns: { id: "drop", size: { missing: "dropRow" } } };
  const model = { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" };
  const optimizer = { type: "adam", learningRate: 0.05 };
  const files = { "prices.csv": table(["id", "colour", "size", "price"]) };
  const other = await smallProject({ data, model, optimizer, epochs: 200, batchSize: 16 }, files);
  const { stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: other });
  const { train, test: tested } = JSON.parse(stdout) as Record<"train" | "test", { cost: number; rmse: number }>;
  expect(train.cost).toBeLessThan(0.001);
  expect(tested.rmse).toBeLessThan(1000);
  const warnings = eventsOf(await readEvents(join(other, "run")), "warningRaised").map(({ message }) => message);
  // They are told once, though the test set comes from the same file.
  expect(warnings.filter((line) => line.includes("left out"))).toEqual([
    "train: 15 rows of its file are left out, because a value is missing",
  ]);

  const evaluation = JSON.parse((await pipeline(["evaluate", "run", "--json"], { cwd: other })).stdout) as Record<string, number>;
  expect(evaluation["rmse"]).toBeCloseTo(tested.rmse, 3);
  expect(evaluation["meanAbsoluteError"]).toBeLessThanOrEqual(evaluation["rmse"]);
  expect(evaluation["r2"]).toBeGreaterThan(0.99);
  const { stdout: rows } = await pipeline(["predict", "run", "-"], { cwd: other, input: "colour,size\nred,10\ngreen,30\n" });
  for (const [row, price] of [60_000, 30_000].entries())
    expect(Math.abs(Number(readRecords(rows)[row]["price"]) - price)).toBeLessThan(1000);
});
