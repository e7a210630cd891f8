// The exit codes, a public contract: a row each, with one clear message, no stack trace, and nothing left behind.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline, ROOT } from "../command.ts";
import { eventsOf, filesBelow, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_ROWS, SMALL_TABLE } from "../smallTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

interface Row {
  readonly what: string;
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly says: RegExp;
  /** Files beside the table and the config. */
  readonly files?: Readonly<Record<string, string>>;
}

const RUN = ["run", "config.json"];
const TWO_FILES = ["--set", 'data={"train":{"features":"x.csv","labels":"y.csv"}}'];
const withRow = (row: string): string => ["width,depth,noise,kind", ...SMALL_ROWS.slice(0, 10), row, ""].join("\n");

const USAGE: readonly Row[] = [
  { what: "an unknown verb", args: ["trian"], exitCode: 2, says: /unknown verb 'trian'/ },
  { what: "a verb that is almost right", args: ["evalute", "run"], exitCode: 2, says: /did you mean "evaluate"\?/ },
  { what: "a verb whose work is yet to come", args: ["sweep", "config.json"], exitCode: 2, says: /unknown verb 'sweep'/ },
  { what: "an unknown flag", args: [...RUN, "--sed", "1"], exitCode: 2, says: /unknown option '--sed'[^]*--seed/ },
  { what: "a config too many", args: [...RUN, "other.json"], exitCode: 2, says: /too many arguments/ },
  { what: "no config", args: ["run"], exitCode: 2, says: /missing required argument 'config'/ },
  { what: "a config that is not there", args: ["run", "gone.json"], exitCode: 2, says: /^gone\.json: there is no such config file\n$/ },
  {
    what: "an unknown key",
    args: ["run", "bad.json"],
    files: { "bad.json": '{ "epoch": 5 }' },
    exitCode: 2,
    says: /^bad\.json:1:12 {2}epoch {2}unknown key; did you mean "epochs"\?$/m,
  },
  {
    what: "a layer of 0 units",
    args: [...RUN, "--set", "model.layers.0.units=0"],
    exitCode: 2,
    says: /^config\.json {2}model\.layers\.0\.units {2}expected at least 1, got 0\n$/,
  },
  { what: "--set without a value", args: [...RUN, "--set", "epochs"], exitCode: 2, says: /^--set epochs: expected key=value/ },
  { what: "--set of an unknown key", args: [...RUN, "--set", "optimizer.rate=1"], exitCode: 2, says: /optimizer\.rate {2}unknown key/ },
  {
    what: "a last layer too narrow",
    args: [...RUN, "--set", "model.layers.1.units=2"],
    exitCode: 2,
    says: /^model\.layers\.1 {2}the last layer gives 2 outputs but the data has 3 classes/,
  },
  {
    what: "an image of another size",
    args: [...RUN, "--set", 'data.image={"width":2,"height":2}'],
    exitCode: 2,
    says: /^data\.image {2}2 × 2 are 4 pixels, but a sample has 3 features/,
  },
  { what: "a model beyond all memory", args: [...RUN, "--set", "model.layers.0.units=100000000000"], exitCode: 2, says: /memory/ },
  {
    what: "--json beside a json sink on standard output",
    args: [...RUN, "--json", "--set", 'sinks=[{"use":"json"}]'],
    exitCode: 2,
    says: /^sinks\.0 {2}.*standard output/,
  },
];

const DATA: readonly Row[] = [
  { what: "a missing file", args: [...RUN, "--set", "data.train.file=gone.csv"], exitCode: 3, says: /gone\.csv: no such file/ },
  {
    what: "a row with a field too few",
    args: RUN,
    files: { "table.csv": withRow("1,2,ant") },
    exitCode: 3,
    says: /table\.csv:12(:\d+)? {2}.*3.*4/,
  },
  {
    what: "abc in a numeric field",
    args: RUN,
    files: { "table.csv": withRow("1,abc,3,ant") },
    exitCode: 3,
    says: /table\.csv:12:3 {2}.*abc/,
  },
  { what: "an empty file", args: RUN, files: { "table.csv": "" }, exitCode: 3, says: /table\.csv/ },
  {
    what: "no column for the label",
    args: [...RUN, "--set", "data.train.label=sort"],
    exitCode: 3,
    says: /table\.csv: has no column "sort"/,
  },
  {
    what: "labels and features of different lengths",
    args: [...RUN, ...TWO_FILES],
    files: { "x.csv": "1,2\n3,4\n5,6\n", "y.csv": "0\n1\n" },
    exitCode: 3,
    says: /y\.csv: has 2 labels, but .*x\.csv has 3 rows/,
  },
  { what: "a folder for a file", args: [...RUN, "--set", "data.train.file=."], exitCode: 3, says: /\S/ },
];

const MODEL: readonly Row[] = [
  { what: "evaluate on a folder that is not there", args: ["evaluate", "gone"], exitCode: 4, says: /gone/ },
  { what: "evaluate on a folder without a run", args: ["evaluate", "."], exitCode: 4, says: /manifest\.json/ },
  {
    what: "predict on a folder without a model",
    args: ["predict", ".", "table.csv"],
    exitCode: 4,
    says: /model\.safetensors: there is no model here/,
  },
  {
    what: "predict with a broken model",
    args: ["predict", ".", "table.csv"],
    files: { "model.safetensors": "not a model at all" },
    exitCode: 4,
    says: /model\.safetensors: /,
  },
];

test.concurrent.for([...USAGE, ...DATA, ...MODEL])(
  "$what exits with $exitCode",
  async ({ args, exitCode, says, files }, { expect: check }) => {
    const folder = await smallProject({}, files);
    const before = await filesBelow(folder);
    const result = await pipeline(args, { cwd: folder });
    check(result.stderr).toMatch(says);
    check(result.exitCode).toBe(exitCode);
    check(result.stdout).toBe("");
    check(result.stderr).not.toMatch(/^ {4}at |unexpected|undefined|\[object/m);
    // commander adds what was meant, or the verbs, on a line of its own.
    check(result.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(args.includes("bad.json") ? 3 : 2);
    check(await filesBelow(folder)).toEqual(before);
  },
);

test("0 when all is well, and on standard error only where one looks for it", async () => {
  const folder = await smallProject();
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  expect([exitCode, stdout, stderr]).toEqual([0, "", `run folder: ${folder}/run\n`]);
});

test.each(["0", "1"])("5 when the cost is no number: the bundled digits at a learning rate of 1e10, seed %s", async (seed) => {
  const out = join(await temporaryFolder(), "run");
  const args = [
    "run",
    "config.json",
    "--json",
    "--quiet",
    "--out",
    out,
    "--set",
    "optimizer.learningRate=1e10",
    "--set",
    "sinks=[]",
    "--seed",
    seed,
  ];
  const { exitCode, stdout, stderr } = await pipeline(args, { cwd: ROOT });
  expect(exitCode).toBe(5);
  expect(stdout).toBe("");
  expect(stderr).toMatch(
    /^training has diverged: the cost in epoch \d+, batch 1 of 1 is (NaN|Infinity); the first to give no number was dense_\d\. .*learningRate.*\n$/,
  );
  // The run folder says how it ended, and holds no model.
  expect(await filesBelow(out)).toEqual(["events.ndjson", "manifest.json"]);
  const events = await readEvents(out);
  const epochs = eventsOf(events, "epochCompleted").length;
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "diverged", message: stderr.trimEnd(), epochs });
  expect(eventsOf(events, "runCompleted")).toHaveLength(1);
});

test("evaluate and predict on a run that diverged exit with 4", async () => {
  // Each step multiplies the error by about -1e10.
  const folder = await smallProject({
    data: { train: { file: "table.csv", label: "width" }, test: { fraction: 0.3 } },
    model: { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" },
    optimizer: { type: "sgd", learningRate: 1e10 },
    epochs: 100,
  });
  await writeFile(join(folder, "table.csv"), SMALL_TABLE.replaceAll(/,[a-z]+$/gm, ""));
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).exitCode).toBe(5);
  const commands = [
    ["evaluate", "run"],
    ["predict", "run", "table.csv"],
  ];
  for (const { exitCode, stderr } of await Promise.all(commands.map((args) => pipeline(args, { cwd: folder })))) {
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^\S+model\.safetensors: there is no model here; .*\n$/);
  }
});
