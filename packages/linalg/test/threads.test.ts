// Teams of threads, as they are shipped: workers are started from dist/, which is built before the tests.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg, Matrix } from "../src/index.ts";
import { randomValues } from "./randomValues.ts";

const DIST = new URL("../dist/index.js", import.meta.url).href;
const { argmax, axpy, addRow, createLinalg, gatherRows, gemm, relu, softmax, sumRows, tanh } = (await import(DIST)) as typeof source;

let teams: Linalg[];
beforeAll(async () => {
  teams = await Promise.all([1, 2, 3, 8].map((threads) => createLinalg({ threads })));
});
afterAll(async () => {
  await Promise.all(teams.map((team) => team.close()));
});

function random(linalg: Linalg, rows: number, columns: number, zeros = 0): Matrix {
  const next = randomValues(rows * 1000 + columns);
  const matrix = linalg.matrix(rows, columns);
  const { data } = matrix;
  for (let index = 0; index < data.length; index += 1) {
    const value = next();
    data[index] = Math.abs(value) < zeros ? 0 : value;
  }
  return matrix;
}

/** Whether `compute` gives every team the same bits. */
function expectSameBits(compute: (linalg: Linalg) => { readonly data: Float32Array | Int32Array }): void {
  const [first, ...others] = teams.map((linalg) => {
    using _scope = linalg.scope();
    return Array.from(compute(linalg).data);
  });
  expect(first.some((value) => value !== 0)).toBe(true);
  for (const result of others) expect(result).toEqual(first);
}

describe("the same bits for 1, 2, 3 and 8 threads", () => {
  it.each([
    [97, 133, 300],
    [1, 70, 5000],
    [7, 2000, 11],
    [1000, 3, 40],
    [300, 40, 641],
    [7, 900, 450],
  ])("gemm %d × %d over %d", (m, n, k) => {
    for (const zeros of [0, 0.8]) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          expectSameBits((linalg) => {
            const c = random(linalg, m, n);
            const a = transposeA ? random(linalg, k, m, zeros) : random(linalg, m, k, zeros);
            gemm(a, transposeB ? random(linalg, n, k) : random(linalg, k, n), c, { transposeA, transposeB, alpha: 0.5, beta: -1 });
            return c;
          });
        }
      }
    }
  });

  it.each<[string, (x: Matrix, linalg: Linalg) => { readonly data: Float32Array | Int32Array }]>([
    ["relu", (x) => (relu(x, x), x)],
    ["tanh", (x) => (tanh(x, x), x)],
    ["softmax", (x) => (softmax(x, x), x)],
    ["axpy", (x, linalg) => (axpy(linalg.cell(0.3), random(linalg, x.rows, x.columns, 0.5), x), x)],
    ["addRow", (x, linalg) => (addRow(random(linalg, 1, x.columns), x), x)],
    ["sumRows", (x, linalg) => keep(linalg.matrix(1, x.columns), (row) => sumRows(x, row))],
    ["argmax", (x, linalg) => keep(linalg.indices(x.rows), (best) => argmax(x, best))],
    [
      "gatherRows",
      (x, linalg) => keep(linalg.matrix(x.rows, x.columns), (y) => gatherRows(x, linalg.indices(x.rows, reversed(x.rows)), y)),
    ],
  ])("%s", (_name, compute) => {
    expectSameBits((linalg) => compute(random(linalg, 301, 113), linalg));
    expectSameBits((linalg) => compute(random(linalg, 17, 1025), linalg));
  });
});

it("a team does not keep the process, and can be closed", async () => {
  const program = `
    const { createLinalg, gemm } = await import(${JSON.stringify(DIST)});
    const [left, closed] = [await createLinalg({ threads: 3 }), await createLinalg({ threads: 3 })];
    for (const linalg of [left, closed]) gemm(linalg.matrix(64, 64), linalg.matrix(64, 64), linalg.matrix(64, 64));
    await closed.close();
    console.log(left.threads);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { timeout: 20_000 });
  expect(stdout).toBe("3\n");
});

it.each([0, -1, 1.5])("refuses %d threads", async (threads) => {
  await expect(createLinalg({ threads })).rejects.toThrow(`createLinalg: threads is ${threads}; it must be at least 1`);
});

function keep<Result>(result: Result, fill: (result: Result) => void): Result {
  fill(result);
  return result;
}

function reversed(count: number): number[] {
  return Array.from({ length: count }, (_, index) => count - 1 - index);
}
