// `init`: what it decides on tables whose columns leave no doubt, and that what it writes can be run with nothing edited.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/loadConfig.ts";
import { pipeline } from "../command.ts";
import { filesBelow } from "../runFolderContents.ts";
import { SMALL_TABLE } from "../smallTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
}

const NUMBER = { type: "number", missing: "median" };
const CATEGORY = { type: "category", missing: { constant: "missing" } };

interface Result {
  readonly test: { readonly accuracy: number; readonly rmse: number };
}

test.concurrent("a table of numbers and a class: what it writes runs well as it is, and is never overwritten", async () => {
  const cwd = await folderWith({ "table.csv": SMALL_TABLE });
  const { exitCode, stdout, stderr } = await pipeline(["init", "table.csv"], { cwd });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^table\.csv: 60 records, 4 columns, with a header\n\ncolumn {2}used as {2}why\nwidth {3}number\n/);
  expect(stdout).toContain("\nlabel      kind, 3 classes: the last column");
  expect(stdout).toMatch(/\nconfig\.json is written; next: pipeline run config\.json\n$/);
  expect(await readdir(cwd)).toEqual(["config.json", "table.csv"]);
  const text = await readFile(join(cwd, "config.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({
    name: "table",
    data: {
      train: { file: "table.csv", label: "kind" },
      test: { fraction: 0.3 },
      columns: { width: NUMBER, depth: NUMBER, noise: NUMBER },
      scale: "standard",
    },
    model: { loss: "softmaxCrossEntropy" },
  });

  const again = await pipeline(["init", "table.csv"], { cwd });
  expect(again).toEqual({ exitCode: 2, stdout: "", stderr: "config.json is already there; choose another with --out\n" });
  expect(await readFile(join(cwd, "config.json"), "utf8")).toBe(text);

  const run = await pipeline(["run", "config.json", "--json", "--quiet", "--set", "sinks=[]"], { cwd });
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect((JSON.parse(run.stdout) as Result).test.accuracy).toBeGreaterThan(0.9);
});

// A row of every kind of column; `value` is 3 × height, and 10 more where the sort is b.
const MIXED = Array.from({ length: 120 }, (_, row) => {
  const height = ((row * 37) % 101) / 10;
  const sort = row % 3 === 0 ? "b" : "a";
  return [
    row + 1,
    row % 7 === 0 ? "" : height.toFixed(1),
    row % 10 === 1 ? "NA" : sort,
    `name ${row}`,
    `2024-01-${String((row % 28) + 1).padStart(2, "0")}`,
    "always",
    "",
    row % 5 === 0 ? row : "",
    (3 * height + (sort === "b" ? 10 : 0)).toFixed(2),
  ].join(",");
});
const MIXED_TABLE = ["id,height,sort,name,day,same,empty,rare,value", ...MIXED, ""].join("\n");

test.concurrent("each kind of column, with the reason; values to predict", async () => {
  const cwd = await folderWith({ "mixed table.csv": MIXED_TABLE });
  const { exitCode, stdout } = await pipeline(["init", "mixed table.csv", "--label", "value"], { cwd });
  expect(exitCode).toBe(0);
  const config = await readJson(join(cwd, "config.json"));
  expect(config).toMatchObject({
    name: "mixed-table",
    data: {
      train: { file: "mixed table.csv", label: "value" },
      columns: {
        id: "drop",
        height: { type: "number", missing: "median" },
        sort: { type: "category", missing: { constant: "missing" } },
        name: "drop",
        day: "drop",
        same: "drop",
        empty: "drop",
        rare: "drop",
      },
    },
    model: { layers: [{ units: 16 }, { type: "dense", units: 1 }], loss: "meanSquaredError" },
  });
  const reasons = Object.fromEntries(
    Array.from(stdout.matchAll(/^(\w+) +(?:dropped|number|category) +(.+)$/gm), ([, name, why]) => [name, why]),
  );
  expect(reasons).toEqual({
    id: "counts the records",
    height: "missing in 18 records: the median stands in",
    sort: "2 different; missing in 12 records: a category of its own",
    name: "text, 120 different in 120 records",
    day: expect.stringMatching(/^dates; /) as string,
    same: "always always",
    empty: "no value at all",
    rare: "missing in 96 of 120 records",
  });
  const run = await pipeline(["run", "config.json", "--json", "--quiet", "--set", "sinks=[]"], { cwd });
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  // The values' own deviation is about 10; a fifth of the rows lack what they follow from.
  expect((JSON.parse(run.stdout) as Result).test.rmse).toBeLessThan(7);
});

test.concurrent("without a header columns go by index; the path starts from the config's folder", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 2},${row % 4 < 2 ? "x" : "y"},${(row * 7) % 11}.5`);
  const cwd = await folderWith({ "rows.csv": `${rows.join("\n")}\n` });
  const { exitCode } = await pipeline(["init", "rows.csv", "--label", "0", "--out", "config.json"], { cwd });
  expect(exitCode).toBe(0);
  expect(await readJson(join(cwd, "config.json"))).toMatchObject({
    data: { train: { label: 0 }, columns: { "1": CATEGORY, "2": NUMBER } },
  });
  const above = join(await temporaryFolder(), "other.json");
  expect((await pipeline(["init", "rows.csv", "--label", "0", "--out", above], { cwd })).exitCode).toBe(0);
  expect((await loadConfig(above)).config.data.train).toEqual({ file: join(cwd, "rows.csv"), label: 0 });
  expect((await pipeline(["check", above], { cwd })).exitCode).toBe(0);
});

test.concurrent("many columns of bytes are images: divided by 255, no column dropped, drawn if their size is known", async () => {
  const names = Array.from({ length: 784 }, (_, pixel) => `p${pixel}`);
  const rows = Array.from({ length: 30 }, (_, row) =>
    [row % 3, ...names.map((_name, pixel) => (pixel % 28 < 4 ? 0 : (row * pixel) % 256))].join(","),
  );
  const cwd = await folderWith({ "images.csv": [["label", ...names].join(","), ...rows, ""].join("\n") });
  const { exitCode, stdout } = await pipeline(["init", "images.csv"], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout.split("\n").length).toBeLessThan(15);
  const config = await readJson(join(cwd, "config.json"));
  expect(config).toMatchObject({ data: { train: { label: "label" }, scale: 255 }, model: { layers: [{ units: 128 }, { units: 3 }] } });
  expect(config["data"]).not.toHaveProperty("columns");
  expect((await pipeline(["check", "config.json"], { cwd })).stdout).toMatch(/^image +28 × 28$/m);
});

const ROWS = Array.from(
  { length: 40 },
  (_, row) => `${(row * 7) % 11},${row % 2 === 0 ? 1 : 3}.5,${(row * 5) % 13},${row % 2 ? "no" : "yes"}`,
);

test.concurrent.each([
  ["two columns of one name", "a,b,b,kind", [], { columns: { a: NUMBER, "1": "drop", "2": "drop" }, train: { label: "kind" } }],
  ["a feature with the label's name", "a,b,kind,kind", ["--label", "3"], { columns: { "2": "drop" }, train: { label: 3 } }],
  ["a column without a name", ",b,c,kind", [], { columns: { "0": NUMBER, b: NUMBER }, train: { label: "kind" } }],
  ["a label without a name", "a,b,c,", [], { train: { label: 3 } }],
  ["a column called __proto__", "a,__proto__,c,kind", [], { columns: { a: NUMBER, "1": NUMBER } }],
  ["a label called __proto__", "a,b,c,__proto__", [], { train: { label: 3 } }],
] as const)("%s: the config runs, and predicts its own table", async (_, header, args, data) => {
  const cwd = await folderWith({ "table.csv": `${[header, ...ROWS].join("\n")}\n` });
  const { exitCode, stderr } = await pipeline(["init", "table.csv", ...args], { cwd });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(await readJson(join(cwd, "config.json"))).toMatchObject({ data });
  const run = ["run", "config.json", "--quiet", "--out", "run", "--set", "sinks=[]", "--set", "epochs=1"];
  expect(await pipeline(run, { cwd })).toMatchObject({ exitCode: 0 });
  const { stdout } = await pipeline(["predict", "run", "table.csv"], { cwd });
  expect(stdout.split("\n").length).toBe(42);
});

test.concurrent("rows to predict may have gaps and categories that training had not", async () => {
  const rows = ROWS.map((row, index) => `${index % 3 === 0 ? "red" : "blue"},${row}`);
  const cwd = await folderWith({ "table.csv": ["colour,a,b,c,kind", ...rows, ""].join("\n") });
  const { stdout } = await pipeline(["init", "table.csv"], { cwd });
  expect(stdout).toContain("\ngaps       where training had none, a number is the column's median, a category is none of those known\n");
  await pipeline(["run", "config.json", "--quiet", "--out", "run", "--set", "sinks=[]", "--set", "epochs=1"], { cwd });
  const predicted = await pipeline(["predict", "run", "-"], { cwd, input: "colour,a,b,c\nred,,1,2\n?,1,NA,2\ngreen,1,2,3\n" });
  expect([predicted.exitCode, predicted.stderr]).toEqual([0, ""]);
  expect(predicted.stdout.trimEnd().split("\n").length).toBe(4);
});

test.concurrent("a column that counts the records stays where there is no other", async () => {
  const rows = Array.from({ length: 30 }, (_, row) => `${row + 1},${row * 2.5 + 1}`);
  const cwd = await folderWith({ "time.csv": ["day,value", ...rows, ""].join("\n") });
  expect((await pipeline(["init", "time.csv"], { cwd })).exitCode).toBe(0);
  expect(await readJson(join(cwd, "config.json"))).toMatchObject({ data: { train: { label: "value" }, columns: { day: NUMBER } } });
});

test.concurrent("-1 and 1 are classes; a last column without a value is not the label", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => `${(row * 7) % 11}.5,${row % 2 === 0 ? -1 : 1},`);
  const cwd = await folderWith({ "svm.csv": ["a,kind,", ...rows, ""].join("\n") });
  const { stdout } = await pipeline(["init", "svm.csv"], { cwd });
  expect(stdout).toContain("\nlabel      kind, 2 classes: the last column that holds anything");
  expect(await pipeline(["check", "config.json"], { cwd })).toMatchObject({ exitCode: 0 });
});

test.concurrent("flags say how the file is read; the config keeps them, and the model for rows to predict", async () => {
  const rows = ROWS.map((row) => row.replaceAll(",", "|"));
  const text = ["% made by hand", "2019,5|2020,5|c|kind", ...rows, "1|2", ""].join("\n");
  const cwd = await folderWith({ "table.txt": text });
  const flags = ["--delimiter", "|", "--header", "--comment", "%", "--malformed", "1"];
  expect(await pipeline(["init", "table.txt", ...flags], { cwd })).toMatchObject({ exitCode: 0, stderr: "" });
  const config = await readJson(join(cwd, "config.json"));
  expect(config).toMatchObject({
    data: {
      train: { label: "kind" },
      columns: { "2019,5": NUMBER, "2020,5": NUMBER, c: NUMBER },
      delimiter: "|",
      header: true,
      comment: "%",
      malformed: { limit: 1 },
    },
  });
  const run = ["run", "config.json", "--quiet", "--out", "run", "--set", "sinks=[]", "--set", "epochs=1"];
  expect(await pipeline(run, { cwd })).toMatchObject({ exitCode: 0 });
  expect(await pipeline(["evaluate", "run"], { cwd })).toMatchObject({ exitCode: 0 });
  await writeFile(join(cwd, "rows.txt"), "% more, and more, and more, and more\n2019,5|2020,5|c\n1|2|3\n% none\n4|5|6\n");
  const { exitCode, stdout, stderr } = await pipeline(["predict", "run", "rows.txt"], { cwd });
  expect([exitCode, stderr, stdout.split("\n").length]).toEqual([0, "", 4]);
});

test.concurrent("the first record is one like the others with --no-header", async () => {
  const cwd = await folderWith({ "table.csv": ["a,b,c,yes", ...ROWS, ""].join("\n") });
  const { stdout } = await pipeline(["init", "table.csv", "--no-header", "--label", "3"], { cwd });
  expect(stdout).toMatch(/^table\.csv: 41 records, 4 columns, without a header\n/);
  expect(await readJson(join(cwd, "config.json"))).toMatchObject({
    data: { train: { label: 3 }, header: false, columns: { "0": CATEGORY } },
  });
});

test.concurrent("numbers too large for their differences are told of", async () => {
  const rows = ROWS.map((row, index) => `${1_700_000_000 + index * 10},${row}`);
  const cwd = await folderWith({ "times.csv": ["time,a,b,c,kind", ...rows, ""].join("\n") });
  const { stdout } = await pipeline(["init", "times.csv"], { cwd });
  expect(stdout).toMatch(/^time +number +as 32-bit numbers only \d of 40 values differ; subtract 1700000000 or so in the file$/m);
  const checked = await pipeline(["check", "config.json"], { cwd });
  expect(checked.stdout).toMatch(
    /^warning: train: 32-bit numbers as large as those of column time are 128 apart; subtract 1700000000 or so in the file$/m,
  );
});

test.concurrent("what a run would refuse is not written", async () => {
  const late = Array.from({ length: 100_000 }, (_, row) => `${row % 7},${row % 3}`);
  const cwd = await folderWith({
    "late.csv": ["a,kind", ...late, "x,1", ""].join("\n"),
  });
  const before = await filesBelow(cwd);
  expect(await pipeline(["init", "late.csv"], { cwd })).toMatchObject({
    exitCode: 3,
    stdout: "",
    stderr: expect.stringMatching(/late\.csv:100002:1 {2}record 100001, .*"x".*\nconfig\.json is not written, since/) as string,
  });
  expect(
    await pipeline(["init", "twice.csv", "--label", "b"], { cwd: await folderWith({ "twice.csv": `a,b,b\n1,2,3\n4,5,6\n` }) }),
  ).toMatchObject({
    exitCode: 2,
    stderr: "--label b: twice.csv has it more than once; give an index: 1 or 2\n",
  });
  expect(await filesBelow(cwd)).toEqual(before);
});

test.concurrent.each([
  [["init", "gone.csv"], 3, /gone\.csv: no such file/],
  [["init", "empty.csv"], 3, /empty\.csv/],
  [["init", "text.csv"], 2, /^text\.csv: no column looks like a label; say which it is with --label COLUMN\n$/],
  [["init", "table.csv", "--label", "kinds"], 2, /^--label kinds: table\.csv has no such column; did you mean "kind"\?\n$/],
  [["init", "table.csv", "--label", "9"], 2, /^--label 9: table\.csv has no such column; it has width, depth, noise, kind\n$/],
  [["init", "mixed.csv", "--label", "name"], 3, /^mixed\.csv: name can't be the label: it holds text, 120 different\n$/],
  [["init", "mixed.csv", "--label", "sort"], 3, /^mixed\.csv: sort can't be the label: it is missing in 12 records, first in line 3; /],
  [["init", "mixed.csv", "--label", "same"], 3, /^mixed\.csv: same can't be the label: it is always the same\n$/],
  [
    ["init", "gap.csv"],
    3,
    /^gap\.csv: label looks like the label, being called so, but it is missing in 1 record, first in line 3; .*--label COLUMN\n$/,
  ],
  [
    ["init", "lastgap.csv"],
    3,
    /^lastgap\.csv: c looks like the label, being the last column, but it is missing in 1 record, first in line 2; /,
  ],
  [["init", "table.csv", "--out", "no/such/folder.json"], 2, /^no\/such\/folder\.json can't be written: /],
] as const)("%j exits with %i and writes nothing", async (args, exitCode, says) => {
  const cwd = await folderWith({
    "table.csv": SMALL_TABLE,
    "mixed.csv": MIXED_TABLE,
    "empty.csv": "",
    "text.csv": "a,b\nx,y\nu,v\n",
    "index.csv": ",0,c\n1,2,3\n4,5,6\n",
    "gap.csv": "a,label,b\n1,2,3\n4,,6\n",
    "lastgap.csv": "a,b,c\n1,2,\n4,5,6\n",
  });
  const before = await filesBelow(cwd);
  const result = await pipeline(args, { cwd });
  expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(says) as string });
  expect(result.stderr).not.toMatch(/^ {4}at |unexpected|undefined/m);
  expect(await filesBelow(cwd)).toEqual(before);
});
