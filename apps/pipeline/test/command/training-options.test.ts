// What a config can ask of the training: activations, losses, batches, validation, scales, every form of data.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_CLASSES, SMALL_ROWS } from "../smallTable.ts";

interface Measures {
  readonly cost: number;
  readonly accuracy?: number;
  readonly rmse?: number;
}

interface Printed {
  readonly train: Measures;
  readonly validation?: Measures;
  readonly test?: Measures;
}

const train = async (folder: string, ...args: string[]): Promise<Printed> => {
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run", ...args], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Printed;
};

test.concurrent("tanh learns the table", async () => {
  const folder = await smallProject({
    epochs: 60,
    model: {
      layers: [
        { type: "dense", units: 8, activation: "tanh" },
        { type: "dense", units: 3 },
      ],
    },
  });
  expect((await train(folder)).train.accuracy).toBeGreaterThan(0.9);
});

test.concurrent("an activation can be a layer of its own", async () => {
  const folder = await smallProject({ model: { layers: [{ type: "dense", units: 8 }, { type: "relu" }, { type: "dense", units: 3 }] } });
  expect((await train(folder)).train.accuracy).toBeGreaterThan(0.9);
  const [{ model }] = eventsOf(await readEvents(join(folder, "run")), "dataLoaded");
  expect(model.layers.map(({ units, parameters }) => [units, parameters])).toEqual([
    [8, 32],
    [8, 0],
    [3, 27],
  ]);
});

test.concurrent("plain gradient descent learns the table", async () => {
  const folder = await smallProject({ epochs: 200, optimizer: { type: "sgd", learningRate: 0.2 } });
  expect((await train(folder)).train.accuracy).toBeGreaterThan(0.9);
});

test.concurrent("a regression reports rmse, and no accuracy", async () => {
  // price = 3·size − 2·age + 5, exactly.
  const rows = Array.from({ length: 40 }, (_, row) => [row % 8, row % 5, 3 * (row % 8) - 2 * (row % 5) + 5]);
  const folder = await smallProject(
    {
      data: { train: { file: "prices.csv", label: "price" }, test: { fraction: 0.25 }, validation: { fraction: 0.2 }, scale: "minmax" },
      model: { layers: [{ type: "dense", units: 1 }], loss: "meanSquaredError" },
      optimizer: { type: "adam", learningRate: 0.5 },
      epochs: 300,
    },
    { "prices.csv": `size,age,price\n${rows.map((row) => row.join(",")).join("\n")}\n` },
  );
  const printed = await train(folder);
  for (const measures of [printed.train, printed.validation, printed.test]) {
    expect(Object.keys(measures ?? {})).toEqual(["cost", "rmse"]);
    expect(measures?.rmse).toBeLessThan(0.5);
    // The cost is of prices divided by their deviation, about 7.2; the error is in their own unit.
    const deviation = (measures?.rmse ?? Number.NaN) / Math.sqrt(measures?.cost ?? Number.NaN);
    expect(deviation).toBeGreaterThan(6.5);
    expect(deviation).toBeLessThan(8);
  }
  const [first] = eventsOf(await readEvents(join(folder, "run")), "epochCompleted");
  expect(first).toMatchObject({ rmse: expect.any(Number) as number, validation: { rmse: expect.any(Number) as number } });
  expect(first).not.toHaveProperty("accuracy");

  const { stdout } = await pipeline(["predict", "run", "-"], { cwd: folder, input: "size,age\n4,1\n0,0\n" });
  const predicted = readRecords(stdout).map((record) => Object.entries(record).map(([name, value]) => [name, Number(value)]));
  expect(predicted).toEqual([[["price", expect.closeTo(15, 0)]], [["price", expect.closeTo(5, 0)]]]);
  expect((await pipeline(["evaluate", "run"], { cwd: folder })).stdout).toMatch(
    /^Test RMSE \S+, MAE \S+, R² 1\.0000, cost \S+, 10 samples\n$/,
  );
});

test.concurrent("batches: the cost of an epoch is the mean over all rows, of batches that need not divide them", async () => {
  const folder = await smallProject({ batchSize: 16, optimizer: { type: "sgd", learningRate: 1e-9 }, epochs: 2 });
  await train(folder);
  const [first, second] = eventsOf(await readEvents(join(folder, "run")), "epochCompleted");
  // Hardly anything is learnt at this rate, so that both epochs, in another order each, cost the same as all rows at once.
  await train(folder, "--overwrite", "--set", "batchSize=full");
  const [full] = eventsOf(await readEvents(join(folder, "run")), "epochCompleted");
  expect(first.cost).toBeCloseTo(full.cost, 5);
  expect(second.cost).toBeCloseTo(full.cost, 5);
  expect([first.accuracy, second.accuracy]).toEqual([full.accuracy, full.accuracy]);
});

test.concurrent("a batch larger than the set is the full set", async () => {
  expect((await train(await smallProject({ batchSize: 5000 }))).train.accuracy).toBeGreaterThan(0.9);
});

test.concurrent("validation from a fraction is evaluated after each epoch, and in the result", async () => {
  const folder = await smallProject();
  const printed = await train(folder, "--set", "data.validation.fraction=0.25");
  const events = await readEvents(join(folder, "run"));
  // 60 rows: 18 for the test, a quarter of the 42 that are left for validation.
  const [{ sets }] = eventsOf(events, "dataLoaded");
  expect(sets.map(({ name, samples }) => [name, samples])).toEqual([
    ["train", 31],
    ["validation", 11],
    ["test", 18],
  ]);
  const epochs = eventsOf(events, "epochCompleted");
  expect(epochs.every(({ validation }) => typeof validation?.cost === "number" && typeof validation.accuracy === "number")).toBe(true);
  // After the update, so that the last epoch's is the final model's.
  expect(printed.validation?.accuracy).toBe(epochs.at(-1)?.validation?.accuracy);
  expect(printed.validation?.cost).toBeCloseTo(epochs.at(-1)?.validation?.cost ?? Number.NaN, 6);
});

test.concurrent("one row of training is enough", async () => {
  const data = { train: { features: "x.csv", labels: "y.csv" } };
  const model = { layers: [{ type: "dense", units: 1 }] };
  const printed = await train(await smallProject({ data, model }, { "x.csv": "1,2\n", "y.csv": "0\n" }));
  expect(printed).toMatchObject({ train: { accuracy: 1 } });
});

test.concurrent("features and labels in two files, gzipped or not, one-hot or by name", async () => {
  const x = SMALL_ROWS.map((row) => row.replace(/,[a-z]+$/, "")).join("\n");
  const oneHot = SMALL_ROWS.map((row) => SMALL_CLASSES.map((name) => (row.endsWith(name) ? "1.0" : "0.0")).join(",")).join("\n");
  const names = SMALL_ROWS.map((row) => row.replace(/^.*,/, "")).join("\n");
  const folder = await smallProject(
    { data: { train: { features: "x.csv.gz", labels: "hot.csv" }, test: { features: "x.csv", labels: "hot.csv" } } },
    { "x.csv": x, "hot.csv": oneHot, "names.csv": names },
  );
  await writeFile(join(folder, "x.csv.gz"), gzipSync(x));
  const hot = await train(folder);
  const named = await train(folder, "--overwrite", "--set", "data.train.labels=names.csv", "--set", "data.test.labels=names.csv");
  expect(hot.train.accuracy).toBeGreaterThan(0.9);
  expect(hot.test).toEqual(hot.train);
  expect(named.train).toEqual(hot.train);
});

test.concurrent("images in IDX, as MNIST has them, with their pictures", async () => {
  const [count, height, width] = [12, 3, 2];
  const images = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, height, 0, 0, 0, width];
  for (let image = 0; image < count; image += 1)
    images.push(...Array.from({ length: 6 }, (_, pixel) => (pixel % 3 === image % 3 ? 255 : 10)));
  const labels = [0, 0, 8, 1, 0, 0, 0, count, ...Array.from({ length: count }, (_, image) => image % 3)];
  const source = { images: "i-idx3-ubyte.gz", labels: "l-idx1-ubyte" };
  const folder = await smallProject({ data: { train: source, test: source, scale: 255 }, epochs: 40 });
  await writeFile(join(folder, "i-idx3-ubyte.gz"), gzipSync(Uint8Array.from(images)));
  await writeFile(join(folder, "l-idx1-ubyte"), Uint8Array.from(labels));
  expect((await train(folder)).test?.accuracy).toBe(1);

  const events = await readEvents(join(folder, "run"));
  const shown = eventsOf(events, "samplesShown");
  expect(shown.map(({ set, samples }) => [set, samples.length])).toEqual([
    ["train", 12],
    ["test", 12],
  ]);
  const [{ index, pixels, label, width: shownWidth, height: shownHeight }] = shown[0].samples;
  expect([shownWidth, shownHeight, label]).toEqual([width, height, index % 3]);
  // As they were read, before they are scaled.
  expect([...Buffer.from(pixels, "base64")]).toEqual(images.slice(16 + 6 * index, 22 + 6 * index));
  const [{ samples }] = eventsOf(events, "samplesPredicted");
  expect(samples.every(({ predicted, label: truth }) => predicted === truth)).toBe(true);
  expect(samples.map((picture) => picture.index)).toEqual(shown[1].samples.map((picture) => picture.index));

  const { stdout } = await pipeline(["predict", "run", "i-idx3-ubyte.gz"], { cwd: folder });
  expect(readRecords(stdout).map(({ class: predicted }) => Number(predicted))).toEqual(labels.slice(8));
});
