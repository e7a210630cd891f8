// predict with a model that was put together by hand: rows as people have them, formats, files, and faults far into the rows.
import { once } from "node:events";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeModel, type ModelFile } from "../../src/model/modelFile.ts";
import { type CommandOptions, type CommandResult, pipeline, startPipeline } from "../command.ts";
import { filesBelow } from "../runFolderContents.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

// price = 2·size + 100·(town is Rome) + 200·(town is Oslo); a size that is missing is 5.
const PRICES: ModelFile = {
  name: "prices",
  layers: [{ type: "dense", units: 1 }],
  loss: "meanSquaredError",
  dialect: {},
  preprocessing: {
    inputs: 3,
    label: { index: 3, name: "price" },
    table: {
      width: 4,
      columns: [
        { index: 1, name: "size", type: "number", missing: "median", unknown: "ignore", fill: 5 },
        { index: 2, name: "town", type: "category", missing: "error", unknown: "error", categories: ["Oslo", "Rome"] },
      ],
    },
    target: { mean: [0], deviation: 1 },
  },
  epochs: 1,
  tensors: [
    { name: "dense_1/weights", shape: [3, 1], data: Float32Array.of(2, 200, 100) },
    { name: "dense_1/biases", shape: [1, 1], data: Float32Array.of(0) },
  ],
};

// The class is whichever of x and y is greater.
const SIDES: ModelFile = {
  ...PRICES,
  name: "sides",
  layers: [{ type: "dense", units: 2 }],
  loss: "softmaxCrossEntropy",
  preprocessing: { inputs: 2, featureNames: ["x", "y"], classes: ["=x", "y"], label: { index: 0, name: "side" } },
  tensors: [
    { name: "dense_1/weights", shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) },
    { name: "dense_1/biases", shape: [1, 2], data: Float32Array.of(0, 0) },
  ],
};

const FORMULA_NOTE = 'note: a spreadsheet may take "=x" for formulas; import the file as text\n';

async function folderOf(model: ModelFile): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "model.safetensors"), encodeModel(model));
  return folder;
}

async function predict(model: ModelFile, input: CommandOptions["input"] = "", flags: readonly string[] = []): Promise<CommandResult> {
  return pipeline(["predict", ".", "-", ...flags], { cwd: await folderOf(model), input });
}

test.concurrent("values: columns by name, gaps filled, categories, other columns noted, the label there or not", async () => {
  const wanted = "price\n120\n210\n";
  expect(await predict(PRICES, "id,size,town,price\n1,10,Rome,7\n2,NA,Oslo,8\n")).toEqual({
    exitCode: 0,
    stdout: wanted,
    stderr: `note: the model doesn't use the column "id"\n`,
  });
  expect(await predict(PRICES, "town,size\nRome,10\nOslo,\n")).toEqual({ exitCode: 0, stdout: wanted, stderr: "" });
  const noted = await predict(PRICES, "a,town,b\u001b[31m,size\n,Rome,,10\n,Oslo,,\n");
  expect(noted).toEqual({ exitCode: 0, stdout: wanted, stderr: `note: the model doesn't use the columns "a", "b"\n` });
});

test.concurrent("malformed records are left out if asked, and told of", async () => {
  const input = "town,size\nRome,10\nRome\nRome,x\nOslo,20\n";
  const wanted = "price\n120\n240\n";
  const first = "stdin:3:1  record 2 has 1 field, expected 2 as in line 1; correct or remove it";
  const note = `note: 2 malformed records are left out, and have no rows in what is written; the first: ${first}\n`;
  expect(await predict(PRICES, input, ["--malformed", "skip"])).toEqual({ exitCode: 0, stdout: wanted, stderr: note });
  expect(await predict(PRICES, input, ["--malformed", "2"])).toEqual({ exitCode: 0, stdout: wanted, stderr: note });
  expect(await predict(PRICES, input, ["--malformed", "1"])).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/^stdin:4:6 {2}record 3, .*"x" is not a number/) as string,
  });
  expect(await predict(PRICES, input, ["--malformed", "none"])).toMatchObject({ exitCode: 2, stdout: "" });
});

test.concurrent("gzip from standard input and from a file", async () => {
  const folder = await folderOf(PRICES);
  const bytes = gzipSync("town,size\nRome,10\n");
  await writeFile(join(folder, "rows.csv.gz"), bytes);
  expect((await pipeline(["predict", ".", "-"], { cwd: folder, input: bytes })).stdout).toBe("price\n120\n");
  expect((await pipeline(["predict", ".", "rows.csv.gz"], { cwd: folder })).stdout).toBe("price\n120\n");
});

test.concurrent("CSV or NDJSON: as --format says, else what --out ends with; names that look like formulas are noted", async () => {
  const folder = await folderOf(SIDES);
  const input = "y,x\n0,0\n";
  const run = (...flags: string[]): Promise<CommandResult> => pipeline(["predict", ".", "-", ...flags], { cwd: folder, input });
  const csv = "class,probability,probability_=x,probability_y\n=x,0.5,0.5,0.5\n";
  const ndjson = '{"class":"=x","probability":0.5,"probabilities":{"=x":0.5,"y":0.5}}\n';
  expect(await run()).toEqual({ exitCode: 0, stdout: csv, stderr: FORMULA_NOTE });
  expect(await run("--format", "ndjson")).toEqual({ exitCode: 0, stdout: ndjson, stderr: "" });
  for (const [flags, text] of [
    [["--out", "a.ndjson"], ndjson],
    [["--out", "a.jsonl"], ndjson],
    [["--out", "a.csv"], csv],
    [["--out", "a"], csv],
    [["--out", "b.ndjson", "--format", "csv"], csv],
  ] as const) {
    // eslint-disable-next-line no-await-in-loop
    expect(await run(...flags)).toMatchObject({ exitCode: 0, stdout: "" });
    // eslint-disable-next-line no-await-in-loop
    expect(await readFile(join(folder, flags[1]), "utf8")).toBe(text);
  }
  expect(await run("--format", "xml")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("csv, ndjson") });
});

test.concurrent.each([
  ["no number", "1,abc", /^rows\.csv:3001:3 {2}record 3000, column 1 \("y"\): "abc" is not a number/],
  ["a field too few", "1", /^rows\.csv:3001:1 {2}record 3000 has 1 field, expected 2/],
  ["no answer", "NaN,1", /^rows\.csv:3001 {2}record 3000: the model has no answer/],
])("%s in record 3000: the rows before its batch are there, the message tells how many, exit 3", async (_, bad, message) => {
  const folder = await folderOf(SIDES);
  const rows = Array.from({ length: 4000 }, (__, row) => (row === 2999 ? bad : `${row},1`));
  await writeFile(join(folder, "rows.csv"), `x,y\n${rows.join("\n")}\n`);
  const printed = await pipeline(["predict", ".", "rows.csv"], { cwd: folder });
  expect(printed.exitCode).toBe(3);
  expect(printed.stderr).toMatch(message);
  expect(printed.stderr).toMatch(/; 2048 rows were written\n$/);
  expect(printed.stdout.split("\n")).toHaveLength(1 + 2048 + 1);

  await writeFile(join(folder, "out.csv"), "as it was");
  const written = await pipeline(["predict", ".", "rows.csv", "--out", "out.csv"], { cwd: folder });
  expect(written).toMatchObject({ exitCode: 3, stdout: "", stderr: expect.stringMatching(/; out\.csv is not written\n$/) });
  expect(await readFile(join(folder, "out.csv"), "utf8")).toBe("as it was");
  expect((await filesBelow(folder)).filter((file) => file.includes("partial"))).toEqual([]);
});

test.concurrent("a category that training had not is told with its line, where it is an error", async () => {
  const { exitCode, stderr } = await predict(PRICES, "town,size\nRome,1\nBern,2\n");
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^stdin:3 {2}record 2, column 2 \("town"\): "Bern" is none of the 2 categories.*; no rows were written\n$/);
});

test.concurrent("--out is refused where it is the input, a folder, no regular file or compressed, and follows a symbolic link", async () => {
  const folder = await folderOf(SIDES);
  await writeFile(join(folder, "rows.csv"), "x,y\n2,1\n");
  await symlink("rows.csv", join(folder, "link.csv"));
  await symlink("target.csv", join(folder, "elsewhere.csv"));
  await writeFile(join(folder, "target.csv"), "");
  const run = (out: string): Promise<CommandResult> => pipeline(["predict", ".", "rows.csv", "--out", out], { cwd: folder });
  for (const [out, why] of [
    ["rows.csv", "it is the file that is read"],
    ["link.csv", "it is the file that is read"],
    [".", "it is no regular file"],
    ["/dev/null", "it is no regular file"],
    ["out.csv.gz", "the rows are not compressed"],
  ]) {
    // eslint-disable-next-line no-await-in-loop
    const { exitCode, stderr } = await run(out);
    expect([exitCode, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toContain(`--out ${out} can't be written: ${why}`);
  }
  expect(await readFile(join(folder, "rows.csv"), "utf8")).toBe("x,y\n2,1\n");
  expect((await run("elsewhere.csv")).exitCode).toBe(0);
  expect(await readFile(join(folder, "target.csv"), "utf8")).toMatch(/^class,.*\n=x,/);
});

const MANY_ROWS = `x,y\n${"1,2\n".repeat(50_000)}`;

test.concurrent("rows come out before the input ends; SIGINT then ends with 130 and a word", async () => {
  const folder = await folderOf(SIDES);
  const { process: child, result } = startPipeline(["predict", ".", "-"], { cwd: folder, input: MANY_ROWS, inputStaysOpen: true });
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const { exitCode, stdout, stderr } = await result;
  expect([exitCode, stderr]).toEqual([130, expect.stringMatching(/^interrupted; \d+ rows were written\n$/)]);
  expect(stdout.split("\n")).toHaveLength(Number(/\d+/.exec(stderr)?.[0]) + 2);
});

test.concurrent("SIGTERM with --out leaves no file behind", async ({ expect: within }) => {
  const folder = await folderOf(SIDES);
  const args = ["predict", ".", "-", "--out", "out.csv"];
  const { process: child, result } = startPipeline(args, { cwd: folder, input: MANY_ROWS, inputStaysOpen: true });
  const partial = async (): Promise<boolean> => (await filesBelow(folder)).some((file) => file.includes("out.csv.partial"));
  await within.poll(partial, { timeout: 20_000 }).toBe(true);
  child.kill("SIGTERM");
  expect(await result).toEqual({ exitCode: 143, stdout: "", stderr: "interrupted; out.csv is not written\n" });
  expect(await filesBelow(folder)).toEqual(["model.safetensors"]);
});
