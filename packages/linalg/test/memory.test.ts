import { beforeEach, describe, expect, it } from "vitest";
import { createLinalg, type Linalg, LinalgError } from "../src/index.ts";

let linalg: Linalg;
beforeEach(async () => {
  linalg = await createLinalg({ threads: 1 });
});

describe("the arena", () => {
  it("keeps numbers while the memory grows", () => {
    const small = linalg.matrix(2, 2, [1, 2, 3, 4]);
    linalg.matrix(2048, 2048);
    expect([...small.data]).toEqual([1, 2, 3, 4]);
  });

  it("gives a scope's memory out again, cleared", () => {
    let pointer: number;
    {
      using _scope = linalg.scope();
      const held = linalg.matrix(1, 4, [1, 2, 3, 4]);
      pointer = held.pointer;
    }
    const next = linalg.matrix(1, 4);
    expect(next.pointer).toBe(pointer);
    expect([...next.data]).toEqual([0, 0, 0, 0]);
  });

  it("reserves ahead: what follows does not grow the memory", () => {
    linalg.reserve(4_000_000);
    const { buffer } = linalg;
    linalg.matrix(1000, 900);
    expect(linalg.buffer).toBe(buffer);
  });

  it("allocates empty matrices", () => {
    expect(linalg.matrix(0, 5).data.length).toBe(0);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 40])("refuses %d rows", (rows) => {
    expect(() => linalg.matrix(rows, 4)).toThrow(LinalgError);
  });

  it("refuses values that don't fill the shape", () => {
    expect(() => linalg.matrix(2, 2, [1, 2, 3])).toThrow("matrix: 3 values do not fill 2 × 2; give exactly 4");
  });
});

describe("handles", () => {
  it("a prefix shares its matrix's memory", () => {
    const matrix = linalg.matrix(3, 2, [1, 2, 3, 4, 5, 6]);
    const prefix = matrix.firstRows(2);
    prefix.data[0] = 9;
    expect([...matrix.data]).toEqual([9, 2, 3, 4, 5, 6]);
    expect(() => matrix.firstRows(4)).toThrow("firstRows: 4 rows of 3 × 2 asked for; ask for 0 to 3");
  });

  it("a slice of indices shares their memory", () => {
    const indices = linalg.indices(4, [5, 6, 7, 8]);
    expect([...indices.slice(1, 2).data]).toEqual([6, 7]);
    expect(() => indices.slice(3, 2)).toThrow(LinalgError);
  });

  it("a cell holds an f64", () => {
    const cell = linalg.cell(0.1);
    expect(cell.value).toBe(0.1);
  });
});
