// Convolutional networks from the config: what the samples' images are, and a model file that says what training said.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

// Images of 4 × 3 pixels and two colours: bright above, or below.
const ROWS = Array.from({ length: 60 }, (_, row) => {
  const ink = Array.from({ length: 24 }, (_number, index) =>
    (((row * 7 + index * 3) % 5) / 10 + (Number(index < 12) ^ (row % 2))).toFixed(1),
  );
  return `${ink.join(",")},${row % 2 === 0 ? "above" : "below"}`;
});
const HEADER = `${Array.from({ length: 24 }, (_, index) => `p${index}`).join(",")},where`;
const LAYERS = [
  { type: "batchNorm", momentum: 0.5 },
  { type: "conv2d", filters: 4, kernelSize: [2, 3], padding: "same", activation: "relu" },
  { type: "maxPool2d", strides: 1 },
  { type: "averagePool2d", poolSize: [1, 2], padding: "same" },
  { type: "flatten" },
  { type: "dropout", rate: 0.2 },
  { type: "dense", units: 2 },
];

async function project(data: object = {}, layers: readonly object[] = LAYERS): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "table.csv"), [HEADER, ...ROWS].join("\n"));
  const config = {
    data: { train: { file: "table.csv", label: "where" }, test: { fraction: 0.2 }, image: { width: 3, height: 4 }, ...data },
    model: { layers },
    optimizer: { type: "adam", learningRate: 0.01 },
    epochs: 5,
    batchSize: 16,
    sinks: [],
  };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  return folder;
}

test.concurrent("evaluate gives what the run's test gave: the file has BatchNorm's averages", async () => {
  const folder = await project();
  const run = await pipeline(["run", "config.json", "--out", "run", "--json"], { cwd: folder });
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  const { test: tested } = JSON.parse(run.stdout) as { test: { cost: number; accuracy: number } };
  const { exitCode, stdout } = await pipeline(["evaluate", "run", "--json"], { cwd: folder });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject(tested);
});

test.concurrent("check shows shapes, parameters and flops", async () => {
  const { exitCode, stdout } = await pipeline(["check", "config.json", "--json"], { cwd: await project() });
  expect(exitCode).toBe(0);
  const { plan } = JSON.parse(stdout) as {
    plan: { model: { input: number[]; layers: { output: number[]; parameters: number }[]; flops: number } };
  };
  const { model } = plan;
  expect(model.input).toEqual([4, 3, 2]);
  expect(model.layers.map(({ output, parameters }) => [output.join(" × "), parameters])).toEqual([
    ["4 × 3 × 2", 4],
    ["4 × 3 × 4", 52],
    ["3 × 2 × 4", 0],
    ["3 × 1 × 4", 0],
    ["12", 0],
    ["12", 0],
    ["2", 26],
  ]);
  // 4 a number, (2 · 12 + 2) · 48, 4 a number, 2 a number, (2 · 12 + 1) · 2.
  expect(model.flops).toBe(96 + 1248 + 96 + 24 + 50);
});

test.concurrent.each<[string, object, readonly object[], string]>([
  [
    "no image",
    { image: undefined },
    LAYERS,
    "conv2d_1: conv2d needs images [height, width, channels]; the samples that come in are [24]. In a config, set data.image",
  ],
  ["an image of another size", { image: { width: 5, height: 4 } }, LAYERS, "data.image  5 × 4 are 20 pixels, but a sample has 24 features"],
  [
    "a kernel larger than the image",
    {},
    [{ type: "conv2d", filters: 1, kernelSize: 4 }, ...LAYERS.slice(-1)],
    'conv2d_1: conv2d of 4 × 4 is larger than the images of 4 × 3 × 2; make it smaller, or pad with "same"',
  ],
  ["a rate of 1", {}, [{ type: "dropout", rate: 1 }, ...LAYERS.slice(-1)], "model.layers.0.rate"],
])("refuses %s", async (_what, data, layers, message) => {
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--out", "run"], { cwd: await project(data, layers) });
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
