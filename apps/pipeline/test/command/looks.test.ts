// What a run tells at its end for people to look at: confusion matrix, worst mistakes, weights; and its environment at the start.
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingEvent } from "@downhill/sinks";
import { expect, test } from "vitest";
import { pipeline, ROOT } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

// Rows of four pixels, in two classes; of the last rows of each the label is wrong.
const PIXELS = Array.from({ length: 60 }, (_, row) => {
  const bright = row % 2 === 0;
  const wrong = row >= 40 && row % 6 < 2;
  return `${bright ? `200,${row},190,10` : `10,210,${row},180`},${Number(bright === wrong)}`;
}).join("\n");

const IMAGES = {
  data: {
    train: { file: "pixels.csv", label: 4 },
    test: { file: "pixels.csv", label: 4 },
    image: { width: 2, height: 2 },
    scale: "standard",
  },
  model: { layers: [{ type: "dense", units: 2 }] },
};

interface Made {
  readonly folder: string;
  readonly events: readonly TrainingEvent[];
  readonly printed: Readonly<Record<string, unknown>>;
}

async function made(changes: Readonly<Record<string, unknown>>, ...flags: readonly string[]): Promise<Made> {
  const folder = await smallProject(changes, { "pixels.csv": PIXELS });
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run", ...flags], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return { folder, events: await readEvents(join(folder, "run")), printed: JSON.parse(stdout) as Made["printed"] };
}

const evaluated = async (folder: string, ...flags: readonly string[]): Promise<{ confusionMatrix: unknown }> =>
  JSON.parse((await pipeline(["evaluate", "run", "--json", ...flags], { cwd: folder })).stdout) as { confusionMatrix: unknown };

test.concurrent("the environment: versions, processor, threads, width", async () => {
  const { events } = await made({});
  const [{ environment = {} }] = eventsOf(events, "runStarted");
  expect(Object.keys(environment).slice(0, 2)).toEqual(["downhill", "node"]);
  expect(environment).toMatchObject({ node: process.versions.node, threads: "1", compute: "narrow" });
});

test.concurrent("the matrix is what evaluate says, of batches or of streamed samples, and only events have it", async () => {
  const stream = { data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 }, stream: true }, batchSize: 7 };
  for (const changes of [{ batchSize: 7 }, stream]) {
    const { folder, events, printed } = await made(changes);
    const [{ train, test: measured }] = eventsOf(events, "runCompleted");
    expect(measured?.confusionMatrix).toEqual((await evaluated(folder)).confusionMatrix);
    expect(train).not.toHaveProperty("confusionMatrix");
    const { confusionMatrix: _, ...rest } = measured ?? { cost: NaN };
    expect(printed["test"]).toEqual(rest);
    expect(printed["train"]).toEqual(train);
  }
});

test.concurrent("without a test set the matrix is validation's, with the bits of the last epoch's evaluation", async () => {
  const data = { train: { file: "table.csv", label: "kind" }, validation: { fraction: 0.3 } };
  const { events, printed } = await made({ data, batchSize: 8 });
  const [{ validation }] = eventsOf(events, "runCompleted");
  const { confusionMatrix = [], ...measures } = validation ?? { cost: NaN };
  expect(confusionMatrix.flat().reduce((sum, count) => sum + count, 0)).toBe(18);
  expect(measures).toEqual(eventsOf(events, "epochCompleted").at(-1)?.validation);
  expect(printed["validation"]).toEqual(measures);
});

test.concurrent("values have no matrix", async () => {
  const data = { train: { file: "table.csv", label: "noise" }, test: { fraction: 0.3 }, columns: {} };
  const { events } = await made({ data, model: { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" } });
  expect(eventsOf(events, "runCompleted")[0].test).not.toHaveProperty("confusionMatrix");
});

test.concurrent.each([
  ["softmaxCrossEntropy", IMAGES],
  ["binaryCrossEntropy", { ...IMAGES, model: { layers: [{ type: "dense", units: 1 }], loss: "binaryCrossEntropy" } }],
])("%s: mistakes are the matrix's, as pictures of their rows, the surest first", async (_, config) => {
  const { folder, events } = await made({ ...config, batchSize: 9 });
  const [{ test: measured }] = eventsOf(events, "runCompleted");
  const [{ samples, worstMistakes = [] }] = eventsOf(events, "samplesPredicted");
  const [[zeros, zerosTakenForOnes], [onesTakenForZeros, ones]] = measured?.confusionMatrix ?? [[], []];
  expect((await evaluated(folder)).confusionMatrix).toEqual(measured?.confusionMatrix);
  expect((zeros + ones) / 60).toBeCloseTo(measured?.accuracy ?? NaN, 12);
  expect(zerosTakenForOnes + onesTakenForZeros).toBeGreaterThan(3);
  expect(worstMistakes).toHaveLength(Math.min(16, zerosTakenForOnes + onesTakenForZeros));
  expect(samples.length + worstMistakes.length).toBeLessThanOrEqual(64);
  const rows = PIXELS.split("\n").map((row) => row.split(",").map(Number));
  const sureness = worstMistakes.map(({ predicted, probabilities }) => probabilities[predicted]);
  expect(sureness).toEqual(sureness.toSorted((a, b) => b - a));
  for (const { index, label, predicted, pixels, width, height, probabilities } of worstMistakes) {
    expect([...Buffer.from(pixels, "base64"), label, width, height]).toEqual([...rows[index], 2, 2]);
    expect(predicted).toBe(1 - (label ?? NaN));
    expect(probabilities).toHaveLength(2);
    expect(probabilities[predicted]).toBeGreaterThanOrEqual(0.5);
  }
});

test.concurrent("weights of a dense layer behind flatten, and of a convolution's filters", async () => {
  const head = [{ type: "flatten" }, { type: "dense", units: 2 }];
  const dense = await made({ ...IMAGES, model: { layers: head } });
  expect(eventsOf(dense.events, "weightsShown")).toMatchObject([{ images: [{ index: 0, width: 2, height: 2 }, { index: 1 }] }]);
  const filters = await made({ ...IMAGES, model: { layers: [{ type: "conv2d", filters: 3, kernelSize: [2, 1] }, ...head] } });
  expect(eventsOf(filters.events, "weightsShown")).toMatchObject([
    { layer: "conv2d_1", images: [{ index: 0, width: 1, height: 2 }, { index: 1 }, { index: 2 }] },
  ]);
  expect(filters.events.map(({ type }) => type).slice(-3)).toEqual(["weightsShown", "samplesPredicted", "runCompleted"]);
});

test.concurrent("tables have neither weights to show nor predictions", async () => {
  const { events } = await made({});
  expect(events.filter(({ type }) => type === "weightsShown" || type === "samplesPredicted")).toEqual([]);
});

test.concurrent("a run that ends while it tells what there is to look at tells each once when it is resumed", async () => {
  const { folder, events } = await made(IMAGES);
  const [file, result] = ["events.ndjson", "result.json"].map((name) => join(folder, "run", name));
  const lines = (await readFile(file, "utf8")).split("\n");
  await rm(result);
  await writeFile(file, lines.slice(0, events.findIndex(({ type }) => type === "weightsShown") + 1).join("\n") + "\n");
  expect(await pipeline(["resume", "run", "--quiet"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  const resumed = await readEvents(join(folder, "run"));
  for (const type of ["weightsShown", "samplesPredicted"] as const)
    expect(eventsOf(resumed, type).map((event) => ({ ...event, at: "", sequence: 0 }))).toEqual(
      eventsOf(events, type).map((event) => ({ ...event, at: "", sequence: 0 })),
    );
  expect(resumed.map(({ sequence }) => sequence)).toEqual(resumed.map((_, index) => index));
});

test.concurrent("one thread or three tell the same", async () => {
  const out = await temporaryFolder();
  const told = await Promise.all(
    ["1", "3"].map(async (threads) => {
      const set = ["--set", "epochs=3", "--set", "sinks=[]"];
      await pipeline(["run", "config.json", "--quiet", "--threads", threads, "--out", join(out, threads), ...set], { cwd: ROOT });
      const events = await readEvents(join(out, threads));
      expect(eventsOf(events, "runStarted")[0].environment).toMatchObject({ threads });
      const [{ images, limit }] = eventsOf(events, "weightsShown");
      const [{ samples, worstMistakes }] = eventsOf(events, "samplesPredicted");
      expect([images.length, worstMistakes?.length]).toEqual([32, 16]);
      return { images, limit, samples, worstMistakes, test: eventsOf(events, "runCompleted")[0].test };
    }),
  );
  expect(told[1]).toEqual(told[0]);
});
