// One run of the small table: what it prints and what it leaves.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors } from "@downhill/nn";
import { beforeAll, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { eventsOf, filesBelow, readEvents, readManifest, runFiles } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_CLASSES, SMALL_TABLE } from "../smallTable.ts";

let folder: string;
let result: CommandResult;
let runDir: string;
beforeAll(async () => {
  folder = await smallProject();
  result = await pipeline(["run", "config.json", "--json"], { cwd: folder });
  ({ runDir } = JSON.parse(result.stdout) as { runDir: string });
});

test("--json prints one line with the documented keys, and nothing else", () => {
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  expect(result.stdout.trimEnd().split("\n")).toHaveLength(1);
  const printed = JSON.parse(result.stdout) as Record<string, unknown>;
  expect(Object.keys(printed)).toEqual([
    "runDir",
    "epochs",
    "train",
    "test",
    "weightsSha256",
    "compute",
    "threads",
    "durationMs",
    "samplesPerSecond",
  ]);
  expect(printed).toMatchObject({
    epochs: 20,
    train: { cost: expect.any(Number) as number, accuracy: expect.any(Number) as number },
    test: { cost: expect.any(Number) as number, accuracy: expect.any(Number) as number },
    weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    compute: "narrow",
    threads: 1,
  });
  expect(Object.keys(printed["train"] as object)).toEqual(["cost", "accuracy"]);
  expect(printed["durationMs"]).toBeGreaterThan(0);
  expect(printed["samplesPerSecond"]).toBeGreaterThan(0);
});

test("the run folder is runs/<date-time>-<name> where one stands, complete, with nothing beside it", async () => {
  expect(runDir.slice(folder.length + 1)).toMatch(/^runs\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-small$/);
  expect(await filesBelow(runDir)).toEqual(runFiles(20));
  const run = runDir.slice(folder.length + 1);
  expect(await filesBelow(folder)).toEqual(["config.json", "runs", run, ...runFiles(20).map((file) => `${run}/${file}`), "table.csv"]);
});

test("the events: runStarted first, runCompleted last, one of each, no gap", async () => {
  const events = await readEvents(runDir);
  const types = events.map(({ type }) => type);
  expect(types).toEqual([
    "runStarted",
    "dataLoaded",
    ...Array.from({ length: 20 }, () => "epochCompleted"),
    "checkpointSaved",
    "runCompleted",
  ]);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
  expect(new Set(events.map(({ run }) => run)).size).toBe(1);
  expect(events.every(({ version }) => version === 1)).toBe(true);
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
});

test("the events tell the data, the model and the epochs", async () => {
  const events = await readEvents(runDir);
  const [{ sets, model }] = eventsOf(events, "dataLoaded");
  expect(sets).toEqual([
    { name: "train", samples: 42, features: 3, outputs: 3, classes: SMALL_CLASSES },
    { name: "test", samples: 18, features: 3, outputs: 3, classes: SMALL_CLASSES },
  ]);
  expect(model).toMatchObject({ inputs: 3, parameters: 3 * 8 + 8 + 8 * 3 + 3, loss: "softmaxCrossEntropy", optimizer: "adam" });
  expect(model.layers.map(({ units, parameters }) => [units, parameters])).toEqual([
    [8, 32],
    [3, 27],
  ]);
  const epochs = eventsOf(events, "epochCompleted");
  expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(epochs.every(({ epochs: planned, learningRate }) => planned === 20 && learningRate === 0.05)).toBe(true);
  // Three classes, nothing learnt yet: about log 3, and then ever less.
  expect(epochs[0].cost).toBeGreaterThan(0.5);
  expect(epochs[19].cost).toBeLessThan(epochs[0].cost / 2);
});

test("runCompleted says what --json says", async () => {
  const [completed] = eventsOf(await readEvents(runDir), "runCompleted");
  const { epochs, train, test: tested, weightsSha256, durationMs } = JSON.parse(result.stdout) as Record<string, unknown>;
  expect(completed).toMatchObject({ reason: "finished", epochs, train, test: tested, weightsSha256, durationMs });
});

test("the manifest says what the run was made from", async () => {
  const manifest = await readManifest(runDir);
  const [{ run, at }] = await readEvents(runDir);
  expect(manifest).toMatchObject({
    format: "downhill-run",
    run,
    name: "small",
    seed: 0,
    configDirectory: folder,
    config: { epochs: 20, batchSize: "full", data: { train: { file: "table.csv", label: "kind" } } },
    versions: { node: process.versions.node },
    data: [{ path: join(folder, "table.csv"), bytes: SMALL_TABLE.length, sha256: createHash("sha256").update(SMALL_TABLE).digest("hex") }],
  });
  expect(manifest.startedAt <= at).toBe(true);
});

test("the model file holds the weights that weightsSha256 is of, in layer order, weights before biases", async () => {
  const { tensors, metadata } = decodeSafetensors(await readFile(join(runDir, "model.safetensors")));
  expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
    ["dense_1/weights", [3, 8]],
    ["dense_1/biases", [1, 8]],
    ["dense_2/weights", [8, 3]],
    ["dense_2/biases", [1, 3]],
  ]);
  const hash = createHash("sha256");
  for (const { data } of tensors) {
    const bytes = Buffer.alloc(data.length * 4);
    data.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
    hash.update(bytes);
  }
  expect(hash.digest("hex")).toBe((JSON.parse(result.stdout) as { weightsSha256: string }).weightsSha256);
  expect(JSON.parse(metadata["classes"])).toEqual(SMALL_CLASSES);
});
