// Preprocessing within the exported file: raw rows in onnxruntime-web against `predict`.
import type { FittedColumn, Preprocessing } from "@downhill/data";
import { createLinalg } from "@downhill/linalg";
import { layerFromConfig, type LossConfig, lossFromConfig, Sequential, trainingTensors } from "@downhill/nn";
import { describe, expect, it } from "vitest";
import { encodeOnnxModel } from "../../src/export/encodeOnnxModel.ts";
import { randomRows } from "../../src/export/verificationRows.ts";
import { verifyOnnx } from "../../src/export/verifyOnnx.ts";
import type { ModelFile } from "../../src/model/modelFile.ts";
import { sampleShape } from "../../src/model/sampleShape.ts";
import { TrainedModel } from "../../src/model/TrainedModel.ts";
import { onnxRuntime } from "./onnxRuntime.ts";

const runtime = await onnxRuntime();

const number: FittedColumn = { index: 0, name: "age", type: "number", missing: "error", unknown: "ignore" };
const text: FittedColumn = { index: 1, name: "sex", type: "category", missing: "error", unknown: "ignore", categories: ["female", "male"] };
const table = (...columns: FittedColumn[]): Preprocessing["table"] => ({ width: 9, columns });

const cases: readonly (readonly [string, Preprocessing, LossConfig?])[] = [
  ["none", { inputs: 5, classes: ["a", "b", "c"] }],
  ["a divisor", { inputs: 5, scale: { type: "divide", by: 255 }, classes: ["a", "b", "c"] }],
  ["a divisor that is no f32, below 0", { inputs: 5, scale: { type: "divide", by: -0.1 }, classes: ["a", "b", "c"] }],
  ["standard", { inputs: 2, scale: { type: "standard", mean: [0.1, -3], deviation: [0.5, 2] }, classes: ["a", "b", "c"] }],
  [
    "standard where all lies far from 0",
    { inputs: 2, scale: { type: "standard", mean: [2005.3712345, 100_000.1], deviation: [1.5, 3] }, classes: ["a", "b", "c"] },
  ],
  [
    "min-max, one column constant",
    { inputs: 2, scale: { type: "minmax", minimum: [10.1, 4], maximum: [10.7, 4] }, classes: ["a", "b", "c"] },
  ],
  ["an image", { inputs: 50, image: { width: 5, height: 5 }, scale: { type: "divide", by: 255 }, classes: ["a", "b", "c"] }],
  [
    "gaps in numbers",
    {
      inputs: 2,
      table: table({ ...number, missing: "mean", fill: 29.7 }, { ...number, index: 2, name: "fare" }),
      classes: ["a", "b", "c"],
    },
  ],
  ["texts alone", { inputs: 2, table: table(text), classes: ["a", "b", "c"] }],
  [
    "numbers and texts in turn, scaled, with gaps in both",
    {
      inputs: 7,
      table: table(
        { ...number, index: 3, name: "class" },
        text,
        { ...number, missing: "median", fill: 28 },
        { ...number, index: 4, name: "fare" },
        { ...text, index: 5, name: "port", missing: { constant: "none" }, fill: "none", categories: ["C", "none"] },
      ),
      scale: { type: "standard", mean: [2, 0, 0, 29, 32, 0, 0], deviation: [0.8, 1, 1, 14, 49, 1, 1] },
      classes: ["a", "b", "c"],
    },
  ],
  [
    "a fill that training had not",
    { inputs: 2, table: table({ ...text, missing: { constant: "none" }, fill: "none" }), classes: ["a", "b", "c"] },
  ],
  ["values in their own unit", { inputs: 5, target: { mean: [1000, -2, 0.1], deviation: 250 } }, "meanSquaredError"],
  ["probabilities of labels", { inputs: 5 }, { type: "binaryCrossEntropy", targets: "values" }],
];

async function modelFile(preprocessing: Preprocessing, loss: LossConfig = "softmaxCrossEntropy"): Promise<ModelFile> {
  const layers = [{ type: "dense", units: 8, activation: "tanh" } as const, { type: "dense", units: 3 } as const];
  const model = new Sequential(await createLinalg({ threads: 1 }), {
    inputs: sampleShape(preprocessing.inputs, preprocessing.image),
    layers: layers.map(layerFromConfig),
    loss: lossFromConfig(loss),
    batchSize: 1,
  });
  return { name: "made-up", layers, loss, preprocessing, dialect: {}, epochs: 1, tensors: trainingTensors(model) };
}

describe.skipIf(runtime === undefined)("in onnxruntime-web", () => {
  it.each(cases.map(([name, preprocessing, loss]) => [name, preprocessing, loss ?? "softmaxCrossEntropy"] as const))(
    "%s",
    async (_, preprocessing, loss) => {
      const file = await modelFile(preprocessing, loss);
      const rows = randomRows(preprocessing);
      expect(new Set(rows.features.filter((value) => !Number.isNaN(value))).size).toBeGreaterThan(1);
      await verifyOnnx(runtime!, encodeOnnxModel(file, "0"), await TrainedModel.of(file, "model"), rows);
    },
  );

  it("rows that predict refuses have no answer, and only these", async () => {
    const columns = table(number, text, {
      ...text,
      index: 2,
      name: "deck",
      unknown: "error",
      missing: { constant: "A" },
      fill: "A",
      categories: ["A", "B"],
    });
    const { bytes } = encodeOnnxModel(await modelFile({ inputs: 5, table: columns, classes: ["a", "b", "c"] }), "0");
    const numbers = [1, Number.NaN, 2, 3, 4, 5];
    const texts = ["male", "A", "male", "B", "", "A", "other", "A", "male", "C", "female", "?"];
    const values = await runtime!.run(bytes, 6, [
      { name: "numbers", type: "float", width: 1, values: Float32Array.from(numbers) },
      { name: "categories", type: "string", width: 2, values: texts },
    ]);
    const answered = Array.from({ length: 6 }, (_, row) => values.slice(row * 3, row * 3 + 3).every(Number.isFinite));
    // No age; no sex; a sex that is unknown, which is ignored; a deck that is unknown; a deck that is missing, which is filled.
    expect(answered).toEqual([true, false, false, true, false, true]);
    expect(values.slice(3, 6).every(Number.isNaN)).toBe(true);
  });

  it("a file that computes something else is found out", async () => {
    const preprocessing = { inputs: 5, classes: ["a", "b", "c"] };
    const file = await modelFile(preprocessing);
    const other = { ...file, tensors: file.tensors.map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value * 1.001) })) };
    const comparing = verifyOnnx(runtime!, encodeOnnxModel(other, "0"), await TrainedModel.of(file, "model"), randomRows(preprocessing));
    await expect(comparing).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/^onnxruntime-web 1\.30\.0 gives other probabilities than the model: they differ by up to/),
    });
  });

  it("bytes that are no model are not run", async () => {
    await expect(runtime!.run(new Uint8Array(10), 1, [])).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining("does not run the model"),
    });
  });
});
