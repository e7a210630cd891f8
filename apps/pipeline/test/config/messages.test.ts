// Every message about a value: file:line:column, key, what was expected, what stands there.
import { expect, test } from "vitest";
import { complaints, LEAST } from "./writtenConfig.ts";

// The members to change stand on the third line, from column 3.
const withMembers = (members: string): string =>
  `{\n  "data": { "train": { "features": "x.csv", "labels": "y.csv" } }, "model": { "layers": [{ "type": "dense", "units": 3 }] },\n  ${members}\n}`;

test("the example of the conventions", async () => {
  const text = JSON.stringify({ $schema: "s", seed: 0, epochs: "500", ...LEAST }, null, 2);
  expect(await complaints(text)).toEqual(['config.json:4:13  epochs  expected an integer, got "500"']);
});

test.each([
  ['"epochs": 0', "3:13", "epochs", "expected at least 1, got 0"],
  ['"epochs": 1.5', "3:13", "epochs", "expected an integer, got 1.5"],
  ['"epochs": null', "3:13", "epochs", "expected an integer, got null"],
  ['"seed": -1', "3:11", "seed", "expected at least 0, got -1"],
  ['"seed": "1"', "3:11", "seed", 'expected an integer, got "1"'],
  ['"batchSize": 0', "3:16", "batchSize", "expected at least 1, got 0"],
  ['"batchSize": "ful"', "3:16", "batchSize", 'expected "full" or an integer, got "ful"; did you mean "full"?'],
  ['"optimizer": { "type": "sgd", "learningRate": 0 }', "3:49", "optimizer.learningRate", "expected more than 0, got 0"],
  ['"optimizer": { "type": "adam", "beta1": 1 }', "3:43", "optimizer.beta1", "expected less than 1, got 1"],
  [
    '"optimizer": { "type": "adan" }',
    "3:26",
    "optimizer.type",
    'expected "sgd", "rmsProp", "adam" or "adamW", got "adan"; did you mean "adam"?',
  ],
  ['"optimizer": "adam"', "3:16", "optimizer", 'expected an object, got "adam"'],
  ['"optimizer": {}', "3:16", "optimizer.type", 'missing; expected "sgd", "rmsProp", "adam" or "adamW"'],
  ['"compute": { "wide": "yes" }', "3:24", "compute.wide", 'expected true or false, got "yes"'],
  ['"compute": { "threads": 0 }', "3:27", "compute.threads", "expected at least 1, got 0"],
  ['"sinks": {}', "3:12", "sinks", "expected a list, got {}"],
  ['"sinks": [{}]', "3:13", "sinks.0.use", "missing; expected a string"],
  ['"sinks": [{ "use": "" }]', "3:22", "sinks.0.use", 'expected at least 1 characters, got ""'],
  ['"sinks": ["console"]', "3:13", "sinks.0", 'expected an object, got "console"'],
  ['"sinks": [{ "use": "console", "delivery": { "queue": 0 } }]', "3:56", "sinks.0.delivery.queue", "expected at least 1, got 0"],
  [
    '"sinks": [{ "use": "console", "delivery": { "whenFull": "drop" } }]',
    "3:59",
    "sinks.0.delivery.whenFull",
    'expected "block" or "dropOldest", got "drop"',
  ],
  ['"name": "a/b"', "3:11", "name", 'expected 1 to 64 letters, digits, dots, dashes or underscores, got "a/b"'],
  ['"name": ".."', "3:11", "name", 'expected 1 to 64 letters, digits, dots, dashes or underscores, got ".."'],
])("%s", async (members, place, key, message) => {
  expect(await complaints(withMembers(members))).toEqual([`config.json:${place}  ${key}  ${message}`]);
});

test.each([
  [{ epoch: 5 }, "epoch", "epochs"],
  [{ Seed: 5 }, "Seed", "seed"],
  [{ optimizer: { type: "sgd", learning_rate: 1 } }, "optimizer.learning_rate", "learningRate"],
  [{ sinks: [{ use: "console", delivery: { queu: 1 } }] }, "sinks.0.delivery.queu", "queue"],
  [{ model: { layers: [{ type: "dense", unit: 3, units: 3 }] } }, "model.layers.0.unit", "units"],
])("an unknown key in %j names its nearest neighbour", async (changes, key, nearest) => {
  const [complaint, ...others] = await complaints({ ...LEAST, ...changes });
  expect(others).toEqual([]);
  expect(complaint).toMatch(/^config\.json:1:\d+ {2}/);
  expect(complaint).toContain(`  ${key}  unknown key; did you mean "${nearest}"?`);
});

test("a key that is like none is only said to be unknown", async () => {
  expect(await complaints({ ...LEAST, hyperparameters: {} })).toEqual([expect.stringMatching(/ {2}hyperparameters {2}unknown key$/)]);
});

test.each([
  [{ type: "dense", units: 0 }, "model.layers.1.units", "expected at least 1, got 0"],
  [{ type: "dense" }, "model.layers.1.units", "missing; expected an integer"],
  [
    { type: "dens", units: 1 },
    "model.layers.1.type",
    'expected "dense", "conv2d", "maxPool2d", "averagePool2d", "flatten", "dropout", "batchNorm", "relu", "tanh", "leakyRelu", "gelu", "sigmoid" or "softmax", got "dens"; did you mean "dense"?',
  ],
  [
    { type: "dense", units: 1, activation: "rely" },
    "model.layers.1.activation",
    'expected "relu", "tanh", "leakyRelu", "gelu", "sigmoid" or "softmax" or an object, got "rely"; did you mean "relu"?',
  ],
  [{ type: "dense", units: 1, init: { type: "normal" } }, "model.layers.1.init.stddev", "missing; expected a number"],
  [{ type: "dense", units: 1, init: { type: "normal", stddev: 0 } }, "model.layers.1.init.stddev", "expected more than 0, got 0"],
])("a layer %j", async (layer, key, message) => {
  const [complaint, ...others] = await complaints({ ...LEAST, model: { layers: [{ type: "relu" }, layer] } });
  expect(others).toEqual([]);
  expect(complaint.split("  ").slice(1).join("  ")).toBe(`${key}  ${message}`);
});

test("a model needs a layer", async () => {
  expect(await complaints({ ...LEAST, model: { layers: [] } })).toEqual([
    expect.stringMatching(/ {2}model\.layers {2}expected at least 1 entries, got \[\]$/),
  ]);
});

test.each([
  [{ features: "x.csv" }, "data.train.labels", "missing; expected a string"],
  [{ features: "x.csv", labels: "y.csv", label: 1 }, "data.train.label", 'unknown key; did you mean "labels"?'],
  [{ file: "x.csv" }, "data.train.label", "missing; expected a string or an integer"],
  [{ file: "x.csv", label: -1 }, "data.train.label", undefined],
  [{ file: "x.csv", label: true }, "data.train.label", "expected a string or an integer, got true"],
  [{ images: "x" }, "data.train.labels", "missing; expected a string"],
])("a source %j is told what it lacks", async (train, key, message) => {
  const [complaint, ...others] = await complaints({ ...LEAST, data: { train } });
  expect(others).toEqual([]);
  const [, about, said] = complaint.split("  ");
  expect(about).toBe(key);
  if (message !== undefined) expect(said).toBe(message);
});

test.each([0, 1, 1.5, -0.1])("a fraction of %d is none", async (fraction) => {
  const [complaint, ...others] = await complaints({ ...LEAST, data: { ...LEAST.data, test: { fraction } } });
  expect(others).toEqual([]);
  expect(complaint).toMatch(new RegExp(` {2}data\\.test\\.fraction {2}expected (more|less) than [01], got ${fraction}$`));
});

test("the training set can't be a fraction", async () => {
  const said = await complaints({ ...LEAST, data: { train: { fraction: 0.5 } } });
  expect(said.every((line) => line.includes("  data.train"))).toBe(true);
  expect(said).toContainEqual(expect.stringMatching(/ {2}data\.train\.fraction {2}unknown key$/));
});

test.each(["null", "5", '"text"', "[]"])("a config that is %s", async (text) => {
  expect(await complaints(text)).toEqual([`config.json:1:1  expected an object, got ${text}`]);
});

test("a config without data and model says so of both", async () => {
  expect(await complaints("{}")).toEqual([
    "config.json:1:1  data  missing; expected an object",
    "config.json:1:1  model  missing; expected an object",
  ]);
});

test("a syntax error has its place", async () => {
  expect(await complaints('{\n  "seed": 1\n  "epochs": 2\n}')).toEqual([expect.stringMatching(/^config\.json:3:3 {2}\S/)]);
});

test("a key given twice and __proto__ have their places", async () => {
  expect(await complaints('{\n  "seed": 1,\n  "seed": 2,\n  "__proto__": {}\n}')).toEqual([
    "config.json:3:3  seed  this key is given twice",
    "config.json:4:3  __proto__  this key is not allowed",
  ]);
});

test("a long value is cut short", async () => {
  const [complaint] = await complaints({ ...LEAST, epochs: "x".repeat(5000) });
  expect(complaint.length).toBeLessThan(200);
});

test("everything wrong is said at once, from top to bottom", async () => {
  const text = `{
  "epochs": "500",
  "data": { "train": { "features": "x.csv", "labels": "\${NOPE}" } },
  "model": { "layers": [{ "type": "dense", "units": 0 }] },
  "optimiser": {},
  "batchSize": -1
}`;
  expect(await complaints(text)).toEqual([
    'config.json:2:13  epochs  expected an integer, got "500"',
    "config.json:3:55  data.train.labels  the environment has no NOPE; set it, or write ${NOPE:default}",
    "config.json:4:53  model.layers.0.units  expected at least 1, got 0",
    'config.json:5:16  optimiser  unknown key; did you mean "optimizer"?',
    "config.json:6:16  batchSize  expected at least 1, got -1",
  ]);
});

test("what --set gave has no place in the file, and is named all the same", async () => {
  expect(await complaints(LEAST, { set: ["epochs=many", "sinks.0.delivery.queue=0", "sinks.0.use=console"] })).toEqual([
    'config.json  epochs  expected an integer, got "many"',
    "config.json  sinks.0.delivery.queue  expected at least 1, got 0",
  ]);
});

test("a value that came from the environment stands in a message as it was written", async () => {
  const environment = { SECRET: "hunter2" };
  const said = await complaints({ ...LEAST, epochs: "${SECRET}", name: "no/${SECRET}", batchSize: "${SECRET}" }, { environment });
  expect(said.join("\n")).not.toContain("hunter2");
  expect(said).toHaveLength(3);
  expect(said[0]).toContain("${SECRET}");
});
