// What a captured step does within a product, and what it leaves out: which calls are fused, which must not be, and which rows
// need not be gathered. Every step is compared with its calls made one by one. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg, Program } from "../src/index.ts";
import { filled, replayed, type Scene, shuffled, sparseConstant } from "./programs/replayed.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { addRow, axpy, createLinalg, gather, gatherRows, gemm, relu, reluGradient, scal, softmax, sumRows, tanh } = built;

let alone: Linalg;
let team: Linalg;
beforeAll(async () => {
  [alone, team] = await Promise.all([createLinalg({ threads: 1 }), createLinalg({ threads: 3 })]);
});
afterAll(() => team.close());

/** What was captured of `step`, which works on what `operandsOf` makes and leaves the bits that it should. */
function captured<Operands extends { readonly results: Scene["results"] }>(
  operandsOf: (linalg: Linalg) => Operands,
  step: (operands: Operands) => unknown,
): Program["summary"] {
  return replayed(alone, team, (linalg) => {
    const operands = operandsOf(linalg);
    return { step: () => void step(operands), results: operands.results };
  });
}

describe("after a product C = A·B", () => {
  // More rows than a thread does at a time.
  const [M, N, K] = [260, 40, 50];
  const operandsOf = (linalg: Linalg) => {
    const [a, b, tall] = [filled(linalg, M, K, 1), filled(linalg, K, N, 2), filled(linalg, M + 8, N, 3)];
    const [y, z, row, alpha] = [filled(linalg, M, N, 4), filled(linalg, M, N, 5), filled(linalg, 1, N, 6), linalg.cell(0.3)];
    const [square, square2, square3] = [filled(linalg, N, N, 7), filled(linalg, N, N, 8), filled(linalg, N, N, 9)];
    const [c, lower, wide] = [tall.block(0, 0, M, N), tall.block(8, 0, M, N), filled(linalg, M, 2 * N, 10)];
    const results = [a, b, tall, y, z, row, square, square2, square3, wide];
    return { a, b, c, lower, y, z, row, alpha, square, square2, square3, wide, results };
  };
  type Step = (operands: ReturnType<typeof operandsOf>) => unknown;

  it.each<[string, number, Step]>([
    ["a bias and an activation", 2, ({ a, b, c, row }) => [gemm(a, b, c), addRow(row, c), relu(c, c)]],
    ["an activation into another matrix", 1, ({ a, b, c, y }) => [gemm(a, b, c), tanh(c, y)]],
    ["what reads that other matrix, too", 2, ({ a, b, c, y, alpha }) => [gemm(a, b, c), tanh(c, y), axpy(alpha, y, c)]],
    ["the gradient through an activation", 1, ({ a, b, c, y }) => [gemm(a, b, c), reluGradient(y, c, c)]],
    ["an update behind a call that only reads C", 1, ({ a, b, c, y, row, alpha }) => [gemm(a, b, c), sumRows(c, row), axpy(alpha, c, y)]],
  ])("%s is done within it", (_what, fused, step) => {
    expect(captured(operandsOf, step).fused).toBe(fused);
  });

  it.each<[string, number, Step]>([
    ["what works row by row", 0, ({ a, b, c }) => [gemm(a, b, c), softmax(c, c)]],
    ["what no product does", 0, ({ a, b, c }) => [gemm(a, b, c), scal(0.5, c)]],
    ["an activation of some of its rows", 0, ({ a, b, c, y }) => [gemm(a, b, c), relu(c.firstRows(130), y.firstRows(130))]],
    ["an activation of the matrix that C is a block of", 0, ({ a, b, wide }) => [gemm(a, b, wide.block(0, N, M, N)), relu(wide, wide)]],
    [
      "an update of weights that another product reads before",
      0,
      ({ a, b, c, y, z, square, alpha }) => [gemm(a, b, c), gemm(y, square, z), axpy(alpha, c, y)],
    ],
    ["an update of what a call reads before", 0, ({ a, b, c, y, row, alpha }) => [gemm(a, b, c), sumRows(y, row), axpy(alpha, c, y)]],
    ["an update of B", 0, ({ square, square2, square3, alpha }) => [gemm(square, square2, square3), axpy(alpha, square3, square2)]],
    ["an activation into A", 0, ({ square, square2, square3 }) => [gemm(square, square2, square3), relu(square3, square)]],
    ["what reads C eight rows on", 0, ({ a, b, c, lower, y }) => [gemm(a, b, c), reluGradient(c, lower, y)]],
    [
      "the last row of what an activation gives, as a bias",
      1,
      ({ a, b, c, y }) => [gemm(a, b, c), relu(c, y), addRow(y.block(M - 1, 0, 1, N), c)],
    ],
    ["what writes the row of a bias", 1, ({ a, b, c, y, alpha }) => [gemm(a, b, c), addRow(y.block(M - 1, 0, 1, N), c), axpy(alpha, c, y)]],
  ])("%s is not", (_what, fused, step) => {
    expect(captured(operandsOf, step).fused).toBe(fused);
  });
});

describe("rows of a sparse constant", () => {
  const [ROWS, INPUTS, UNITS] = [60, 400, 40];
  const COUNT = 50;
  const operandsOf = (linalg: Linalg) => {
    const x = sparseConstant(linalg, ROWS, INPUTS);
    const [order, other, places] = [shuffled(linalg, COUNT, ROWS), shuffled(linalg, ROWS, ROWS, 11), shuffled(linalg, 20, 20, 3)];
    // More rows than are gathered.
    const room = filled(linalg, ROWS, INPUTS, 1);
    const [rows, copy, w, dz] = [
      room.firstRows(COUNT),
      filled(linalg, COUNT, INPUTS, 2),
      filled(linalg, INPUTS, UNITS, 3),
      filled(linalg, COUNT, UNITS, 4),
    ];
    const [y, yRoom, dw, b] = [
      filled(linalg, COUNT, UNITS, 5),
      filled(linalg, ROWS, UNITS, 6),
      filled(linalg, INPUTS, UNITS, 7),
      filled(linalg, 10, UNITS, 8),
    ];
    const bInputs = filled(linalg, UNITS, INPUTS, 9);
    return { x, order, other, places, room, rows, copy, w, dz, y, yRoom, dw, b, bInputs, results: [y, yRoom, dw, copy, order] };
  };
  type Operands = ReturnType<typeof operandsOf>;
  type Step = (operands: Operands) => unknown;
  const withRows = (linalg: Linalg): Operands => {
    const operands = operandsOf(linalg);
    return { ...operands, results: [...operands.results, operands.room] };
  };

  it.each<[string, number, Step]>([
    ["a product", 1, ({ x, order, rows, w, y }) => [gatherRows(x, order, rows), gemm(rows, w, y)]],
    [
      "a product with their transpose",
      1,
      ({ x, order, rows, dz, dw }) => [gatherRows(x, order, rows), gemm(rows, dz, dw, { transposeA: true, alpha: -0.5, beta: 1 })],
    ],
    ["both", 2, ({ x, order, rows, w, y, dw }) => [gatherRows(x, order, rows), gemm(rows, w, y), gemm(rows, y, dw, { transposeA: true })]],
    [
      "a product with the first of them",
      1,
      ({ x, order, rows, w, y }) => [gatherRows(x, order, rows), gemm(rows.firstRows(20), w, y.firstRows(20))],
    ],
  ])("need not be gathered for %s", (_what, jobs, step) => {
    expect(captured(operandsOf, step).jobs).toBe(jobs);
  });

  it.each<[string, number, Step]>([
    ["another kernel", 3, ({ x, order, rows, w, y, copy }) => [gatherRows(x, order, rows), gemm(rows, w, y), relu(rows, copy)]],
    [
      "a thin product",
      2,
      ({ x, order, rows, w, y }) => [
        gatherRows(x, order, rows),
        gemm(rows.firstRows(30), w.block(0, 0, INPUTS, 16), y.block(0, 0, 30, 16)),
      ],
    ],
    [
      "a product with a block of them",
      2,
      ({ x, order, rows, w, y }) => [gatherRows(x, order, rows), gemm(rows.block(0, 0, COUNT, 100), w.block(0, 0, 100, UNITS), y)],
    ],
    [
      "a product with a larger matrix that begins with them",
      2,
      ({ x, order, rows, room, w, yRoom }) => [gatherRows(x, order, rows), gemm(room, w, yRoom)],
    ],
    [
      "a product after some of them have changed",
      3,
      ({ x, order, rows, b, bInputs, w, y }) => [
        gatherRows(x, order, rows),
        gemm(b, bInputs, rows.block(30, 0, 10, INPUTS)),
        gemm(rows, w, y),
      ],
    ],
    [
      "a product after some of the order has changed",
      3,
      ({ x, order, other, places, rows, w, y }) => [
        gatherRows(x, order, rows),
        gather(other, places, order.slice(30, 20)),
        gemm(rows, w, y),
      ],
    ],
    ["nothing, so that they can be read afterwards", 1, ({ x, order, rows }) => gatherRows(x, order, rows)],
  ])("are gathered for %s", (_what, jobs, step) => {
    expect(captured(withRows, step).jobs).toBe(jobs);
  });

  it("rows of other matrices, and labels, are gathered though nothing in the step reads them", () => {
    const step = ({ copy, order, rows, other, places, dz }: Operands): unknown => [
      gatherRows(copy, places.slice(0, 20), rows.firstRows(20)),
      gather(other, places, order.slice(0, 20)),
      scal(0.5, dz),
    ];
    expect(captured(withRows, step).jobs).toBe(3);
  });
});
