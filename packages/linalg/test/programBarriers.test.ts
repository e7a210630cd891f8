// Where the threads of a program wait for one another: between calls of which one thread touches what another one wrote, and
// only there. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg, Matrix } from "../src/index.ts";
import { type Call, divided, type Operand, whole } from "../src/program/Call.ts";
import { depends, needsBarrier } from "../src/program/conflicts.ts";
import { filled, replayed, sparseConstant, shuffled } from "./programs/replayed.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { addRow, addSum, advancePower, argmax, axpy, countEqual, createLinalg, gemm, relu, reluGradient } = built;
const { softmaxCrossEntropy, sumRows, tanh } = built;

describe("of two calls the second waits", () => {
  const call = (reads: readonly Operand[], writes: readonly Operand[]): Call => ({ operation: "RELU", args: [], work: 0, reads, writes });
  /** 64 KiB at 0, by lines of 16 numbers; by rows of 64; or for any thread. */
  const lines = divided(0, 16_384, 1, 16);
  const rows = divided(0, 256, 64, 1);
  const any = whole(0, 16_384);
  const beside = divided(65_536, 16_384, 1, 16);
  const waits = (first: Call, second: Call, by: { readonly first: boolean; readonly second: boolean }, threads: number): boolean =>
    needsBarrier({ call: first, shared: by.first }, { call: second, shared: by.second }, threads);
  const all = { first: true, second: true };

  it.each<[string, Call, Call, boolean]>([
    ["what another thread wrote is read", call([], [lines]), call([any], [beside]), true],
    ["what another thread reads is written", call([any], [beside]), call([], [lines]), true],
    ["what another thread wrote is written", call([], [lines]), call([], [any]), true],
    ["each reads what it wrote itself", call([], [lines]), call([lines], [beside]), false],
    ["each writes what it read itself", call([lines], [beside]), call([], [lines]), false],
    ["rows end where lines do", call([], [rows]), call([lines], [beside]), false],
    ["all only read", call([any], []), call([any], []), false],
    ["they share nothing", call([], [lines]), call([], [beside]), false],
  ])("%s", (_when, first, second, expected) => {
    expect([2, 4].map((threads) => waits(first, second, all, threads))).toEqual([expected, expected]);
    // Alone, nobody waits.
    expect(waits(first, second, all, 1)).toBe(false);
  });

  it("if its parts are not the first one's: 3 threads cut 256 rows elsewhere than the lines", () => {
    expect(waits(call([], [rows]), call([lines], [beside]), all, 3)).toBe(true);
    expect(waits(call([], [divided(0, 250, 64, 4)]), call([divided(0, 250, 64, 1)], [beside]), all, 2)).toBe(true);
    expect(waits(call([], [divided(0, 256, 64, 4)]), call([rows], [beside]), all, 2)).toBe(false);
  });

  it("if one thread does the one, and all the other", () => {
    const [writes, reads] = [call([], [lines]), call([lines], [beside])];
    expect(waits(writes, reads, { first: false, second: true }, 2)).toBe(true);
    expect(waits(writes, reads, { first: true, second: false }, 2)).toBe(true);
    expect(waits(writes, reads, { first: false, second: false }, 2)).toBe(false);
    // The first thread's own half.
    const half = divided(0, 8192, 1, 16);
    expect(waits(call([], [half]), reads, { first: false, second: true }, 2)).toBe(false);
    expect(waits(call([], [half]), reads, { first: false, second: true }, 3)).toBe(true);
  });

  it("and their order matters whoever does them", () => {
    expect(depends(call([], [lines]), call([lines], [beside]))).toBe(true);
    expect(depends(call([lines], []), call([lines], [beside]))).toBe(false);
  });
});

describe("in a program", () => {
  let alone: Linalg;
  let teams: Linalg[];
  beforeAll(async () => {
    [alone, ...teams] = await Promise.all([1, 2, 3, 8].map((threads) => createLinalg({ threads })));
  });
  afterAll(() => Promise.all(teams.map((team) => team.close())));

  // 150 × 150: shared, whatever the call. The first call of a step always waits for the last one of the step before.
  it.each<[string, number, (x: Matrix, y: Matrix, row: Matrix) => unknown]>([
    ["an element after an element", 1, (x, y) => [relu(x, y), tanh(y, y), relu(y, x)]],
    ["columns after elements", 2, (x, y, row) => [relu(x, y), sumRows(y, row)]],
    ["elements that the columns were summed of", 2, (x, y, row) => [sumRows(y, row), relu(x, y)]],
    ["rows with a row that was just summed", 2, (x, y, row) => [sumRows(x, row), addRow(row, y)]],
    ["elements of another matrix than the columns", 1, (x, y, row) => [sumRows(x, row), relu(y, y)]],
  ])("%s: %d", (_what, barriers, step) => {
    const scene = (linalg: Linalg) => {
      const [x, y, row] = [filled(linalg, 150, 150, 1), filled(linalg, 150, 150, 2), filled(linalg, 1, 150, 3)];
      return { step: () => void step(x, y, row), results: [x, y, row] };
    };
    for (const team of teams) expect(replayed(alone, team, scene).barriers).toBe(barriers);
  });

  it("a number that one thread changes is waited for, also within a product", () => {
    const scene = (linalg: Linalg) => {
      const [a, b, c, y] = [filled(linalg, 60, 60, 1), filled(linalg, 60, 60, 2), linalg.matrix(60, 60), filled(linalg, 60, 60, 3)];
      const power = linalg.cell(0.9);
      const step = (): void => {
        advancePower(power, 0.9);
        gemm(a, b, c);
        axpy(power, c, y);
      };
      return { step, results: [c, y] };
    };
    for (const team of teams) expect(replayed(alone, team, scene)).toEqual({ jobs: 2, fused: 1, barriers: 2 });
  });

  it("a bias that one thread has summed is waited for within a product", () => {
    const scene = (linalg: Linalg) => {
      const [a, b, c, x] = [filled(linalg, 60, 60, 1), filled(linalg, 60, 60, 2), linalg.matrix(60, 60), filled(linalg, 60, 60, 3)];
      const row = linalg.matrix(1, 60);
      const step = (): void => {
        sumRows(x, row);
        gemm(a, b, c);
        addRow(row, c);
      };
      return { step, results: [c, row] };
    };
    for (const team of teams) expect(replayed(alone, team, scene)).toEqual({ jobs: 2, fused: 1, barriers: 2 });
  });

  it("a step of a network of two layers: 5 of its 19 calls are done within products, and its threads wait 5 times", () => {
    const [SAMPLES, INPUTS, UNITS, CLASSES] = [180, 90, 80, 10];
    const scene = (linalg: Linalg) => {
      const x = sparseConstant(linalg, SAMPLES, INPUTS);
      const [w1, b1, w2, b2] = [
        filled(linalg, INPUTS, UNITS, 1),
        filled(linalg, 1, UNITS, 2),
        filled(linalg, UNITS, CLASSES, 3),
        linalg.matrix(1, CLASSES),
      ];
      const [dw1, db1, dw2, db2] = [w1, b1, w2, b2].map(({ rows, columns }) => linalg.matrix(rows, columns));
      const [h, z, dh, dz] = [UNITS, CLASSES, UNITS, CLASSES].map((columns) => linalg.matrix(SAMPLES, columns));
      const [labels, predicted, losses] = [shuffled(linalg, SAMPLES, CLASSES), linalg.indices(SAMPLES), linalg.matrix(SAMPLES, 1)];
      const [rate, lossSum, hits] = [linalg.cell(-0.1), linalg.cell(), linalg.cell()];
      const step = (): void => {
        gemm(x, w1, h);
        addRow(b1, h);
        relu(h, h);
        gemm(h, w2, z);
        addRow(b2, z);
        softmaxCrossEntropy(z, labels, dz, losses);
        addSum(losses, lossSum);
        argmax(z, predicted);
        countEqual(predicted, labels, hits);
        gemm(h, dz, dw2, { transposeA: true });
        sumRows(dz, db2);
        gemm(dz, w2, dh, { transposeB: true });
        reluGradient(h, dh, dh);
        gemm(x, dh, dw1, { transposeA: true });
        sumRows(dh, db1);
        axpy(rate, dw1, w1);
        axpy(rate, db1, b1);
        axpy(rate, dw2, w2);
        axpy(rate, db2, b2);
      };
      return { step, results: [w1, b1, w2, b2, predicted, losses] };
    };
    // Before the hidden layer, the outputs, the losses (one thread's, they are few), the gradients, and the last product.
    for (const team of teams) expect(replayed(alone, team, scene, 5)).toEqual({ jobs: 14, fused: 5, barriers: 5 });
  });
});
