// The known answer of the kernels: it must follow them, and notice any bit that they change.
import { expect, it, vi } from "vitest";
import { createLinalg, type Linalg, selfTest } from "../src/index.ts";
import { answer, KNOWN_ANSWER } from "../src/selfTest/selfTest.ts";

interface Handle {
  readonly linalg: Linalg;
  readonly pointer: number;
}
type Operation = (...operands: readonly (Handle | number)[]) => void;

// The operation whose next call gives one wrong bit.
const fault = vi.hoisted(() => ({ name: "" }));

const withFault = vi.hoisted(() => async <Module extends object>(load: () => Promise<Module>): Promise<Module> => {
  const module = await load();
  const entries = Object.entries(module) as [string, Operation][];
  const faulty = entries.map(([name, operation]): [string, Operation] => [
    name,
    (...operands) => {
      operation(...operands);
      if (fault.name !== name) return;
      fault.name = "";
      // The last operand in memory is a result.
      const { linalg, pointer } = operands.findLast((operand) => typeof operand === "object" && "pointer" in operand) as Handle;
      new Int32Array(linalg.buffer, pointer, 1)[0] ^= 1;
    },
  ]);
  return Object.fromEntries(faulty) as unknown as Module;
});
vi.mock(import("../src/level1.ts"), withFault);
vi.mock(import("../src/level2.ts"), withFault);
vi.mock(import("../src/level3.ts"), withFault);
vi.mock(import("../src/losses.ts"), withFault);
vi.mock(import("../src/nonlinear.ts"), withFault);
vi.mock(import("../src/optimizers.ts"), withFault);
vi.mock(import("../src/images.ts"), withFault);
vi.mock(import("../src/normalization.ts"), withFault);
vi.mock(import("../src/dropout.ts"), withFault);
// A captured step that does not do all of what it should within its first product.
vi.mock(import("../src/program/fuse.ts"), async (load) => {
  const { fuse } = await load();
  return {
    fuse: (calls) => {
      const jobs = fuse(calls);
      const first = jobs.findIndex(({ epilogue }) => epilogue.length > 0);
      if (fault.name !== "fuse" || first < 0) return jobs;
      fault.name = "";
      return jobs.with(first, { ...jobs[first], epilogue: jobs[first].epilogue.slice(1) });
    },
  };
});

/** Programs and turned constants are never given back, nor what was taken before them. */
const KEPT_BYTES = 2 ** 20;

it("the known answer is what narrow execution gives", async () => {
  const found = answer(await createLinalg({ threads: 1 }));
  // An error of its own, since it tells the line to paste.
  if (found !== KNOWN_ANSWER) {
    throw new Error(
      `the kernels' bits have changed. If they were meant to, paste into src/selfTest/selfTest.ts:\nexport const KNOWN_ANSWER = "${found}";`,
    );
  }
});

it("gives the same answer again, and keeps no more memory than its programs stand on", async () => {
  const linalg = await createLinalg({ threads: 1 });
  expect(selfTest(linalg)).toBe(true);
  const { pointer } = linalg.matrix(0, 0);
  expect(selfTest(linalg)).toBe(true);
  expect(linalg.matrix(0, 0).pointer - pointer).toBeLessThan(KEPT_BYTES);
});

it.each([
  "gemm",
  "exp",
  "log",
  "tanh",
  "tanhGradient",
  "relu",
  "reluGradient",
  "normalQuantile",
  "axpy",
  "scal",
  "gather",
  "gatherRows",
  "takeIndices",
  "addRow",
  "sumRows",
  "argmax",
  "softmax",
  "countEqual",
  "addSum",
  "softmaxCrossEntropy",
  "meanSquaredError",
  "advancePower",
  "adam",
  "leakyRelu",
  "leakyReluGradient",
  "sigmoid",
  "sigmoidGradient",
  "gelu",
  "geluGradient",
  "weightedCrossEntropy",
  "binaryCrossEntropy",
  "meanAbsoluteError",
  "huber",
  "addSquares",
  "countSides",
  "sgd",
  "rmsProp",
  "blockNorms",
  "clipScale",
  "conv2d",
  "conv2dGradient",
  "placeImages",
  "turnKernel",
  "maxPool",
  "maxPoolGradient",
  "averagePool",
  "averagePoolGradient",
  "inverseDeviation",
  "normalize",
  "dropout",
  "multiply",
  "fuse",
])("fails for one wrong bit of %s", async (name) => {
  const linalg = await createLinalg({ threads: 1 });
  fault.name = name;
  expect([selfTest(linalg), fault.name]).toEqual([false, ""]);
});
