// The ceiling over every figure in GFLOP/s: register-only arithmetic on one core.
import type { Row } from "../Bench.ts";
import { type Arithmetic, peakModule } from "./peakModule.ts";

/** Enough chains to hide the latency, few enough for the 15 registers that V8 leaves. */
const ACCUMULATORS = [8, 9, 10, 11, 12];
/** Steps of a call: some tenths of a millisecond. */
const COUNT = 200_000;
/** The first calls run in V8's baseline compiler, the others as fast as they can. */
const CALLS = 40;

/** The best that 128-bit SIMD reaches on one core, fused where the engine has it; a fraction of a second of work. */
export async function measurePeak(): Promise<Row> {
  // Engines without relaxed SIMD refuse the module.
  const arithmetic = WebAssembly.validate(peakModule(1, "relaxed_madd")) ? "relaxed_madd" : "mul+add";
  let value = 0;
  for (const accumulators of ACCUMULATORS) value = Math.max(value, await measure(accumulators, arithmetic));
  return { who: "peak128", version: `${arithmetic} in registers, 1 thread`, value, unit: "GFLOP/s" };
}

async function measure(accumulators: number, arithmetic: Arithmetic): Promise<number> {
  const { instance } = await WebAssembly.instantiate(peakModule(accumulators, arithmetic));
  const run = instance.exports["run"] as (count: number) => number;
  let shortest = Infinity;
  for (let call = 0; call < CALLS; call += 1) {
    const start = performance.now();
    run(COUNT);
    shortest = Math.min(shortest, performance.now() - start);
  }
  return (accumulators * COUNT * 8) / shortest / 1e6;
}
