// exp, log and tanh over every 4099th of the 2³² f32 bit patterns, against Math's f64 functions; `pnpm soak math` takes them all.
import { beforeAll, describe, expect, it } from "vitest";
import { createLinalg, exp, type Linalg, log, type Matrix, tanh } from "../src/index.ts";
import { ulps } from "./ulps.ts";

const STRIDE = 4099;
const COUNT = 65_536;

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

function worst(kernel: (x: Matrix, y: Matrix) => void, exact: (x: number) => number): number {
  using _scope = linalg.scope();
  const x = linalg.matrix(1, COUNT);
  const y = linalg.matrix(1, COUNT);
  const bits = new Uint32Array(x.data.buffer, x.pointer, COUNT);
  let greatest = 0;
  for (let start = 0; start < 2 ** 32; start += COUNT * STRIDE) {
    for (let index = 0; index < COUNT; index += 1) bits[index] = start + index * STRIDE;
    kernel(x, y);
    const [inputs, outputs] = [x.data, y.data];
    for (let index = 0; index < COUNT; index += 1) greatest = Math.max(greatest, ulps(outputs[index], exact(inputs[index])));
  }
  return greatest;
}

describe("within a unit in the last place", () => {
  it("exp", () => expect(worst(exp, Math.exp)).toBeLessThanOrEqual(1));
  it("log", () => expect(worst(log, Math.log)).toBeLessThanOrEqual(1));
  it("tanh", () => expect(worst(tanh, Math.tanh)).toBeLessThanOrEqual(1));
});

it.each<[string, (x: Matrix, y: Matrix) => void, number[], number[]]>([
  ["exp", exp, [0, -0, Infinity, -Infinity, Number.NaN, 89, -104], [1, 1, Infinity, 0, Number.NaN, Infinity, 0]],
  ["log", log, [1, 0, -0, Infinity, -1, -Infinity, Number.NaN], [0, -Infinity, -Infinity, Infinity, Number.NaN, Number.NaN, Number.NaN]],
  ["tanh", tanh, [0, -0, Infinity, -Infinity, Number.NaN, 20, -20], [0, -0, 1, -1, Number.NaN, 1, -1]],
])("%s of the special values, in vectors and in the rest", (_name, kernel, inputs, outputs) => {
  const y = linalg.matrix(1, inputs.length);
  kernel(linalg.matrix(1, inputs.length, inputs), y);
  expect([...y.data]).toEqual(outputs);
});
