// `check`: everything that is wrong at once with the code that `run` would give, or the plan; and nothing is written.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { eventsOf, filesBelow, readEvents, readManifest } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_CLASSES, SMALL_CONFIG, SMALL_ROWS, SMALL_TABLE } from "../smallTable.ts";

const LAYERS = [
  { type: "dense", units: 8, activation: "relu" },
  { type: "dense", units: 2 },
];

interface Row {
  readonly what: string;
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly set?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

// Each has one fault, and `run` says what it is as well.
const FAULTS: readonly Row[] = [
  { what: "a wrong value", changes: { epochs: 0 } },
  { what: "no JSON", files: { "config.json": '{ "epochs": ' } },
  { what: "a key given twice", files: { "config.json": '{ "epochs": 1, "epochs": 2 }' } },
  { what: "a sink that is not there", changes: { sinks: [{ use: "./gone.ts" }] } },
  { what: "a sink's wrong option", changes: { sinks: [{ use: "plot", width: "wide" }] } },
  { what: "a data file that is not there", set: ["data.train.file=gone.csv"] },
  { what: "a label that is not there", set: ["data.train.label=sort"] },
  { what: "a wrong row", files: { "table.csv": ["width,depth,noise,kind", ...SMALL_ROWS.slice(0, 9), "1,x,3,ant", ""].join("\n") } },
  { what: "a last layer too narrow", changes: { model: { layers: LAYERS } } },
  { what: "an image of another size", set: ['data.image={"width":2,"height":2}'] },
  { what: "a model beyond all memory", set: ["model.layers.0.units=100000000000"] },
  { what: "a sink and a data file that are not there", changes: { sinks: [{ use: "./gone.ts" }] }, set: ["data.train.file=gone.csv"] },
  { what: "a name for a label without a header", set: ["data.header=false"] },
  { what: "a delimiter of two characters", set: ["data.delimiter=;;"] },
  { what: "an unset variable", set: ["data.train.file=${DOWNHILL_UNSET}.csv"] },
];

test.concurrent.for(FAULTS)(
  "$what: exits as run does, and says so in one line each",
  async ({ changes, set = [], files }, { expect: check }) => {
    const folder = await smallProject(changes, files);
    const before = await filesBelow(folder);
    const args = ["config.json", ...set.flatMap((override) => ["--set", override])];
    const [checked, ran] = await Promise.all(["check", "run"].map((verb) => pipeline([verb, ...args], { cwd: folder })));
    check(checked.exitCode).toBe(ran.exitCode);
    check(checked.exitCode).not.toBe(0);
    check(checked.stdout).toBe("");
    check(checked.stderr).not.toMatch(/^ {4}at |unexpected|undefined|\[object/m);
    // As many faults as there are changes.
    check(checked.stderr.trimEnd().split("\n").length).toBe(set.length + Object.keys({ ...changes, ...files }).length);
    check(await filesBelow(folder)).toEqual(before);
  },
);

const BAD_CONFIG = `{
  "epochs": 0,
  "data": {
    "train": { "file": "gone.csv", "label": "kind" },
    "test": { "file": "table.csv", "label": "kind" }
  },
  "model": { "layers": [{ "type": "dense", "units": 3 }] },
  "optimizer": { "type": "adam", "rate": 1 },
  "sinks": [
    { "use": "console" },
    { "use": "./gone.ts" },
    { "use": "plot", "colour": true }
  ]
}`;

test.concurrent("config, sinks and files at once, each with its place", async () => {
  const folder = await smallProject({}, { "bad.json": BAD_CONFIG });
  const { exitCode, stderr } = await pipeline(["check", "bad.json"], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr.trimEnd().split("\n")).toEqual([
    "bad.json:2:13  epochs  expected at least 1, got 0",
    expect.stringMatching(/^bad\.json:8:\d+ {2}optimizer\.rate {2}unknown key/),
    expect.stringMatching(/^bad\.json:11:5 {2}sinks\.1 {2}the sink \.\/gone\.ts: there is no such file/),
    expect.stringMatching(/^bad\.json:12:32 {2}sinks\.2\.colour {2}unknown option/),
    `bad.json:4:24  data.train.file  there is no file ${join(folder, "gone.csv")}`,
  ]);
  const json = await pipeline(["check", "bad.json", "--json"], { cwd: folder });
  expect(json).toMatchObject({ exitCode: 2, stderr: "" });
  expect(JSON.parse(json.stdout)).toEqual({ config: "bad.json", exitCode: 2, problems: stderr.trimEnd().split("\n") });
});

test.concurrent("a last layer and an image that don't fit, at once", async () => {
  const folder = await smallProject({ model: { layers: LAYERS } });
  const { exitCode, stderr } = await pipeline(["check", "config.json", "--set", 'data.image={"width":2,"height":2}'], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^config\.json {2}data\.image {2}2 × 2 are 4 pixels, .*\nconfig\.json:1:\d+ {2}model\.layers\.1 {2}the last layer gives 2 .*\n$/,
  );
});

test.concurrent("the plan is what the run then does", async () => {
  const folder = await smallProject({
    batchSize: 16,
    data: { ...(SMALL_CONFIG["data"] as object), validation: { fraction: 0.5 }, scale: "standard" },
  });
  const before = await filesBelow(folder);
  const checked = await pipeline(["check", "config.json", "--json"], { cwd: folder });
  expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await filesBelow(folder)).toEqual(before);
  const { problems, plan } = JSON.parse(checked.stdout) as { problems: unknown; plan: Record<string, unknown> };
  expect(problems).toEqual([]);

  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  const events = await readEvents(join(folder, "run"));
  const [{ sets, model }] = eventsOf(events, "dataLoaded");
  const from = ["table.csv, label kind", "50% of train, after test", "30% of train"];
  expect(plan).toMatchObject({
    name: "small",
    seed: 0,
    sets: sets.map((set, index) => ({ ...set, from: from[index] })),
    files: (await readManifest(join(folder, "run"))).data,
    scale: "standard",
    model,
    optimizer: { type: "adam", learningRate: 0.05 },
    epochs: eventsOf(events, "epochCompleted").length,
    batchSize: 16,
    batchesPerEpoch: 2,
    compute: { threads: 1, width: "narrow" },
    sinks: [],
    runDir: join(folder, "runs/<date-time>-small"),
    warnings: eventsOf(events, "warningRaised").map(({ message }) => message),
  });
  expect(sets.map(({ samples }) => samples)).toEqual([21, 21, 18]);
});

test.concurrent("for people: aligned tables on standard output, and the warnings", async () => {
  const folder = await smallProject({ model: { layers: [LAYERS[0], { type: "dense", units: 1000 }] } });
  const { exitCode, stdout, stderr } = await pipeline(["check", "config.json"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^data {3}samples {2}features {2}classes {2}from\ntrain {7}42 {9}3 {8}3 {2}table\.csv, label kind\ntest {8}18 {9}3 {8}3 {2}30% of train\n/,
  );
  expect(stdout).toContain(`\nrows by class  train  test\n${SMALL_CLASSES.map((name) => `${name}               14     6\n`).join("")}\n`);
  expect(stdout).toMatch(/^dense_1 {2}dense relu +8 +32 +128 B +64$/m);
  expect(stdout).toMatch(/^dense_2 {2}dense +1,000 +9,000 +36\.0 kB +17,000$/m);
  expect(stdout).toMatch(/^in all +9,032 +36\.1 kB +17,064$/m);
  expect(stdout).toMatch(/^optimizer {3}adam, learningRate 0\.05, beta1 0\.9, /m);
  expect(stdout).toMatch(/^epochs +20 of one batch, all samples$/m);
  expect(stdout).toMatch(/^run folder {2}runs\/<date-time>-small$/m);
  expect(stdout).toMatch(/^warning: the last layer gives 1000 outputs for 3 classes/m);
  // oxlint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u001b\r\t]| $/m);
});

test.concurrent("the data check, in words and as data", async () => {
  const rows = ["a,b,same,kind", "1,,7,ant", "1,,7,ant", "-2.5,3,7,bee", "4,5,7,bee", "8,x,7,ant"];
  const tested = ["a,b,same,kind", "4,5,7,bee", "100,0,7,ant"];
  const data = {
    train: { file: "rows.csv", label: "kind" },
    test: { file: "test.csv", label: "kind" },
    columns: { b: { type: "number", missing: "mean" } },
    malformed: "skip",
  };
  const layers = [{ type: "dense", units: 2 }];
  const folder = await smallProject(
    { data, model: { layers } },
    { "rows.csv": `${rows.join("\n")}\n`, "test.csv": `${tested.join("\n")}\n` },
  );
  const [{ stdout }, json, streamed] = await Promise.all(
    [
      [],
      ["--json"],
      ["--json", "--set", "data.stream=true", "--set", "batchSize=2", "--set", "data.malformed=fail", "--set", "data.train.file=test.csv"],
    ].map((more) => pipeline(["check", "config.json", ...more], { cwd: folder })),
  );
  expect(stdout).toContain(`
data check  range      missing  constant  repeated rows  also in train  left out
train       -2.5 to 7        2         1              1                        1
test        0 to 100         0         1              0              1         0

rows by class  train  test
ant                2     1
bee                2     1
`);
  const { dataCheck } = (JSON.parse(json.stdout) as { plan: { dataCheck: unknown[] } }).plan;
  expect(dataCheck).toEqual([
    {
      name: "train",
      rows: 4,
      dropped: 0,
      missing: 2,
      notFinite: 0,
      minimum: -2.5,
      maximum: 7,
      constant: ["same"],
      repeated: 1,
      histogram: [2, 2],
      leftOut: [{ file: join(folder, "rows.csv"), records: [5], first: expect.stringContaining("rows.csv:6:3") as string }],
    },
    {
      name: "test",
      rows: 2,
      dropped: 0,
      missing: 0,
      notFinite: 0,
      minimum: 0,
      maximum: 100,
      constant: ["same"],
      repeated: 0,
      inTraining: 1,
      histogram: [1, 1],
    },
  ]);
  const seen = (JSON.parse(streamed.stdout) as { plan: { dataCheck: object[] } }).plan.dataCheck;
  expect(seen).toMatchObject([{ name: "train", rows: 2, minimum: 0, maximum: 100, histogram: [1, 1] }, { name: "test" }]);
  expect(seen[1]).not.toHaveProperty("inTraining");
});

test.concurrent("columns of a table, and values to predict", async () => {
  const folder = await smallProject({
    data: { train: { file: "table.csv", label: "width" }, columns: { noise: { missing: "median" }, kind: "category" } },
    model: { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" },
  });
  await writeFile(join(folder, "table.csv"), `${SMALL_TABLE}1,2,,ant\n`);
  const { exitCode, stdout, stderr } = await pipeline(["check", "config.json"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(
    /^depth +number +1 {2}is an error\nnoise +number +1 {2}is the median, -?[\d.]+\nkind +category +3 {2}is an error$/m,
  );
  expect(stdout).toMatch(/^values {2}mean -?[\d.]+, deviation [\d.]+; scaled in training$/m);
});

test.concurrent("what came from the environment stays ${VAR}", async () => {
  const folder = await smallProject({ data: { train: { file: "${SECRET_TABLE}.csv", label: "kind" } } });
  const good = await pipeline(["check", "config.json", "--json"], { cwd: folder, env: { SECRET_TABLE: "table" } });
  expect(good.exitCode).toBe(0);
  expect(good.stdout).toContain("${SECRET_TABLE}.csv");
  expect(good.stdout).not.toContain("table.csv");
  const bad = await pipeline(["check", "config.json"], { cwd: folder, env: { SECRET_TABLE: "hush-hush" } });
  expect(bad).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("there is no file") as string });
  expect(bad.stderr).not.toContain("hush-hush");
});

test.concurrent("no config file, and a folder for one", async () => {
  const folder = await smallProject();
  expect(await pipeline(["check", "gone.json"], { cwd: folder })).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: "gone.json: there is no such config file\n",
  });
  expect(await pipeline(["check", "."], { cwd: folder })).toMatchObject({ exitCode: 2, stdout: "" });
  expect(JSON.parse(await readFile(join(folder, "config.json"), "utf8"))).toEqual(SMALL_CONFIG);
});

test.concurrent("malformed records are left out and warned of, as run does", async () => {
  const rows = ["width,depth,noise,kind", ...SMALL_ROWS.slice(0, 30), "1,2", "1,x,3,ant", '"1"x,2,3,ant', ...SMALL_ROWS.slice(30), ""];
  const data = { train: { file: "table.csv", label: "kind" }, test: { file: "test.csv", label: "kind" } };
  const files = { "table.csv": rows.join("\n"), "test.csv": SMALL_TABLE.replace("\n", "\n7\n") };
  const folder = await smallProject({ data, sinks: [{ use: "console" }] }, files);
  const run = async (verb: string, policy: string, ...more: string[]) =>
    pipeline([verb, "config.json", "--set", `data.malformed=${policy}`, ...more], { cwd: folder });
  const table = join(folder, "table.csv");
  const warnings = [
    `warning: train: 3 malformed records are left out; the first: ${table}:32:1  record 31 has 2 fields, expected 4 as in line 1; correct or remove it`,
    `warning: test: 1 malformed record is left out; ${join(folder, "test.csv")}:2:1  record 1 has 1 field, expected 4 as in line 1; correct or remove it`,
  ];
  const [checked, ran, limited] = await Promise.all([
    run("check", "skip"),
    run("run", "skip", "--out", "run"),
    run("check", '{"limit":2}'),
  ]);
  expect(checked.stdout.split("\n").filter((line) => line.includes("malformed"))).toEqual(warnings);
  expect(ran.stderr.split("\n").filter((line) => line.includes("malformed"))).toEqual(warnings);
  expect(limited.stderr).toContain(`${table}:34:4  text follows a closing quote`);
  expect((await pipeline(["evaluate", "run"], { cwd: folder })).exitCode).toBe(0);
  expect(limited.exitCode).toBe(3);
});

test.concurrent("every bad data file is told of, whether it is missing or malformed", async () => {
  const bad = (line: string): string => SMALL_TABLE.replace("\n", `\n${line}\n`);
  const data = {
    train: { file: "table.csv", label: "kind" },
    validation: { file: "validation.csv", label: "kind" },
    test: { features: "features.csv", labels: "labels.csv" },
  };
  const files = {
    "table.csv": bad("1,2"),
    "validation.csv": bad('"1"x,2,3,ant'),
    "features.csv": "1,2,3\nred,2,3\n",
    "labels.csv": "0\n1,2\n",
  };
  const folder = await smallProject({ data }, files);
  const problems = async (...more: string[]): Promise<string[]> =>
    (await pipeline(["check", "config.json", ...more], { cwd: folder })).stderr.trimEnd().split("\n");
  const told = [
    expect.stringMatching(/table\.csv:2:1 {2}record 1 has 2 fields/),
    expect.stringMatching(/features\.csv:2:1 {2}record 2, column 0: "red" is not a number; .*"columns"/),
    expect.stringMatching(/labels\.csv:2:1 {2}record 2 has 2 fields/),
    expect.stringMatching(/validation\.csv:2:4 {2}text follows a closing quote/),
  ];
  expect(await problems()).toEqual(told);
  expect(await problems("--set", "data.train.file=gone.csv")).toEqual([expect.stringContaining("there is no file"), ...told.slice(1)]);
  // With columns the others are only read through: which of their texts are at fault depends on the training set.
  expect(await problems("--set", "data.columns={}")).toEqual([told[0], told[2], told[3]]);
});
