// A step that asks to halt ends its replay there, on however many threads. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg, Program } from "../src/index.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { addSum, createLinalg, gemm, haltUnlessFinite, scal } = built;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 2, 5].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

// Each step multiplies `x` by 16, so that its f32 is infinite after 32 of them, and counts itself in `steps`.
function growing(linalg: Linalg, size: number) {
  const x = linalg.matrix(size, size, new Array(size * size).fill(1));
  const [one, steps, sum] = [linalg.matrix(1, 1, [1]), linalg.cell(), linalg.cell()];
  const [identity, y] = [linalg.matrix(size, size), linalg.matrix(size, size)];
  const program: Program = linalg.capture(() => {
    addSum(one, steps);
    gemm(x, identity, y);
    scal(16, x);
    addSum(x, sum);
    haltUnlessFinite(sum);
    gemm(x, identity, y);
  });
  return { x, steps, sum, program };
}

describe("haltUnlessFinite", () => {
  it.each([1, 4, 160])("ends a replay of %i × that size with the step that asked", (size) => {
    for (const linalg of linalgs) {
      const { program, steps, sum } = growing(linalg, size);
      expect(program.run(20)).toBe(20);
      expect(program.run(1000)).toBe(12);
      expect(steps.value).toBe(32);
      expect(sum.value).toBe(Infinity);
      // The reason still stands: each further replay makes the one step that finds it.
      expect(program.run(7)).toBe(1);
      expect(steps.value).toBe(33);
    }
  });

  it("leaves other replays alone afterwards", () => {
    for (const linalg of linalgs) {
      const { program, sum, x } = growing(linalg, 40);
      program.run(40);
      sum.value = 0;
      x.data.fill(0);
      expect(program.run(500)).toBe(500);
      expect(growing(linalg, 40).program.run(32)).toBe(32);
    }
  });

  it("does nothing when it is done at once", () => {
    const [linalg] = linalgs;
    haltUnlessFinite(linalg.cell(Number.NaN));
    expect(growing(linalg, 2).program.run(3)).toBe(3);
  });
});
