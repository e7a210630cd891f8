// Initial weights: their spread by the fans, and the same for the same stream.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { beforeAll, expect, it } from "vitest";
import { type InitializerConfig, initializerFromConfig } from "../src/index.ts";

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

const [INPUTS, UNITS] = [300, 100];

function drawn(config: InitializerConfig, fans?: { readonly fanIn: number; readonly fanOut: number }): Float32Array {
  const weights = linalg.matrix(INPUTS, UNITS, new Float32Array(INPUTS * UNITS).fill(7));
  initializerFromConfig(config)(weights, randomStream(1, "init"), fans);
  return weights.data.slice();
}

it.each<[InitializerConfig, number, number]>([
  [{ type: "normal", stddev: 0.2 }, 0.2, Infinity],
  [{ type: "uniform", limit: 0.3 }, 0.3 / Math.sqrt(3), 0.3],
  [{ type: "he" }, Math.sqrt(2 / INPUTS), Infinity],
  [{ type: "glorot" }, Math.sqrt(2 / (INPUTS + UNITS)), Math.sqrt(6 / (INPUTS + UNITS))],
  [{ type: "zeros" }, 0, 0],
])("%o", (config, deviation, limit) => {
  const values = drawn(config);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  // Five standard errors of 30,000 draws.
  expect(Math.abs(mean)).toBeLessThanOrEqual((5 * deviation) / Math.sqrt(values.length));
  expect(Math.abs(spread - deviation)).toBeLessThanOrEqual(0.03 * deviation);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
  expect(drawn(config)).toEqual(values);
});

it("fans can be others than the matrix's own", () => {
  const [own, given] = [drawn({ type: "glorot" }), drawn({ type: "glorot" }, { fanIn: 4 * INPUTS, fanOut: 4 * UNITS })];
  own.forEach((value, index) => expect(given[index]).toBeCloseTo(value / 2, 7));
  expect(drawn({ type: "he" }, { fanIn: 4 * INPUTS, fanOut: 1 })[0]).toBeCloseTo(drawn({ type: "he" })[0] / 2, 7);
});
