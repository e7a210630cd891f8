import { describe, expect, it } from "vitest";
import { type Arithmetic, peakModule } from "../src/machine/peakModule.ts";

const CASES = [
  [1, 1],
  [12, 3],
  [100, 5],
] as const;

async function compute(accumulators: number, arithmetic: Arithmetic, steps: number): Promise<number> {
  const { instance } = await WebAssembly.instantiate(peakModule(accumulators, arithmetic));
  return (instance.exports["run"] as (count: number) => number)(steps);
}

// Accumulators start at 3, 4, 5 …; a step is x → x / 2 + 1/2, exact in f32 either way.
function expected(accumulators: number, steps: number): number {
  const starts = Array.from({ length: accumulators }, (_, index) => 3 + index);
  return starts.reduce((sum, start) => sum + (start - 1) / 2 ** steps + 1, 0);
}

describe("the module computes what it says", () => {
  it.each(CASES)("by mul+add, with %d accumulators and %d steps", async (accumulators, steps) => {
    expect(await compute(accumulators, "mul+add", steps)).toBe(expected(accumulators, steps));
  });
  it.skipIf(!WebAssembly.validate(peakModule(1, "relaxed_madd"))).each(CASES)(
    "by relaxed_madd, with %d accumulators and %d steps",
    async (accumulators, steps) => {
      expect(await compute(accumulators, "relaxed_madd", steps)).toBe(expected(accumulators, steps));
    },
  );
});
