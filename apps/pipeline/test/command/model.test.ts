// predict with models that were put together by hand: numbers that can be checked, and models that won't do.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodeModel, type ModelFile } from "../../src/model/modelFile.ts";
import { type CommandResult, pipeline } from "../command.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

// y = x·W + b with W = [[1, 2], [3, 4]] and b = [10, 20], on inputs divided by 2.
const LINEAR: ModelFile = {
  name: "linear",
  layers: [{ type: "dense", units: 2 }],
  loss: "meanSquaredError",
  dialect: {},
  preprocessing: { inputs: 2, scale: { type: "divide", by: 2 } },
  epochs: 1,
  tensors: [
    { name: "dense_1/weights", shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    { name: "dense_1/biases", shape: [1, 2], data: Float32Array.of(10, 20) },
  ],
};

const predict = async (model: ModelFile, input: string): Promise<CommandResult> => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "model.safetensors"), encodeModel(model));
  return pipeline(["predict", ".", "-"], { cwd: folder, input });
};

test.concurrent("values, over more rows than go through the model at once", async () => {
  const rows = Array.from({ length: 2500 }, (_, row) => row);
  const { exitCode, stdout } = await predict(LINEAR, rows.map((row) => `${2 * row},${2 * row + 1}\n`).join(""));
  expect(exitCode).toBe(0);
  const [header, ...lines] = stdout.trimEnd().split("\n");
  expect(header).toBe("value_0,value_1");
  expect(lines).toEqual(rows.map((row) => `${row + 3 * (row + 0.5) + 10},${2 * row + 4 * (row + 0.5) + 20}`));
});

test.concurrent("classes: the first of equals, names quoted as CSV wants them", async () => {
  const classes = ["large, grey", 'a "mouse"'];
  const { stdout } = await predict({ ...LINEAR, loss: "softmaxCrossEntropy", preprocessing: { inputs: 2, classes } }, "-10,0\n0,0\n");
  expect(stdout.split("\n")[0]).toBe('class,probability,"probability_large, grey","probability_a ""mouse"""');
  // Logits (0, 0), then (10, 20).
  expect(stdout.split("\n").slice(1)).toEqual([
    '"large, grey",0.5,0.5,0.5',
    expect.stringMatching(/^"a ""mouse""",(0\.99995\d*),0\.0000453\d*,\1$/),
    "",
  ]);
});

test.concurrent("standardised, and with the label's column left out", async () => {
  const scale = { type: "standard", mean: [1, 2], deviation: [2, 4] } as const;
  const model: ModelFile = { ...LINEAR, preprocessing: { inputs: 2, scale, label: { index: 1 } } };
  // (3 − 1) / 2 = 1 and (10 − 2) / 4 = 2.
  expect((await predict(model, "3,99,10\n")).stdout).toBe("value_0,value_1\n17,30\n");
});

test.concurrent.each([
  ["a tensor is missing", { tensors: LINEAR.tensors.slice(0, 1) }],
  ["a tensor has another shape", { tensors: [{ ...LINEAR.tensors[0], shape: [4, 1] }, LINEAR.tensors[1]] }],
  ["the layers are others", { layers: [{ type: "dense", units: 3 }] }],
] satisfies [string, Partial<ModelFile>][])("a model in which %s is exit 4, with one message", async (_, changes) => {
  const { exitCode, stdout, stderr } = await predict({ ...LINEAR, ...changes }, "1,2\n");
  expect([exitCode, stdout]).toEqual([4, ""]);
  expect(stderr).toMatch(/^\S+model\.safetensors: dense_1\b.+\n$/);
});
