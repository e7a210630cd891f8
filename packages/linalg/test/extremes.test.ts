// Shapes far from the usual: no columns, a million of them, memory that has been given back.
import { expect, it } from "vitest";
import { addRow, createLinalg, gemm, LinalgError } from "../src/index.ts";
import { randomValues } from "./randomValues.ts";

const linalg = await createLinalg({ threads: 1 });

it("a sparse product of a million columns stays within C", () => {
  using _scope = linalg.scope();
  const columns = 1_000_003;
  const b = linalg.matrix(2, columns);
  b.data.fill(3);
  const c = linalg.matrix(1, columns);
  const after = linalg.matrix(1, columns);
  gemm(linalg.matrix(1, 2, [1, 0]), b, c);
  expect(c.data.every((value) => value === 3)).toBe(true);
  expect(after.data.every((value) => value === 0)).toBe(true);
});

it("a captured product without columns can be followed by a bias", () => {
  using _scope = linalg.scope();
  const [a, b, c, row] = [linalg.matrix(4, 3), linalg.matrix(3, 0), linalg.matrix(4, 0), linalg.matrix(1, 0)];
  const program = linalg.capture(() => {
    gemm(a, b, c);
    addRow(row, c);
  });
  expect(() => program.run(2)).not.toThrow();
});

it("products with constants of a scope leave nothing behind", () => {
  const next = randomValues(1);
  const values = Float32Array.from({ length: 200 * 100 }, () => Math.max(0, next() - 0.6));
  const work = (): void => {
    using _scope = linalg.scope();
    const x = linalg.constant(200, 100, values);
    gemm(x, linalg.matrix(200, 40), linalg.matrix(100, 40), { transposeA: true });
    gemm(x, linalg.matrix(100, 40), linalg.matrix(200, 40));
  };
  // The first time takes scratch memory that lasts.
  work();
  work();
  const bytes = linalg.buffer.byteLength;
  const place = linalg.cell().pointer;
  for (let time = 0; time < 20; time += 1) work();
  expect(linalg.buffer.byteLength).toBe(bytes);
  expect(linalg.cell().pointer - place).toBe(64);
});

it("a step allocates nothing, and calls no kernel of another memory", async () => {
  const other = await createLinalg({ threads: 1 });
  const [row, y] = [other.matrix(1, 2, [1, 1]), other.matrix(1, 2)];
  expect(() => linalg.capture(() => addRow(row, y))).toThrow(LinalgError);
  expect([...y.data]).toEqual([0, 0]);
  expect(() => linalg.capture(() => void linalg.matrix(1, 1))).toThrow("matrix: a step is being captured");
  expect(() => addRow(row, y)).not.toThrow();
});
