// Activations against f64: the reference's slope against finite differences of itself, then ours against the reference.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { beforeAll, describe, expect, it } from "vitest";
import { type ActivationName, activations, Dense, leakyRelu, LeakyRelu, NnError, Sequential, softmaxCrossEntropy } from "../src/index.ts";
import { references } from "./reference/activations.ts";

const SIZES = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17];
const NAMES = Object.keys(activations) as ActivationName[];

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

/** The greatest difference, relative to the greatest magnitude of the second. */
function difference(found: ArrayLike<number>, expected: number[]): number {
  const scale = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  return Math.max(0, ...expected.map((value, index) => Math.abs(found[index] - value))) / scale;
}

describe.each(NAMES)("%s", (name) => {
  const { f, slope, kink } = references[name];

  it("the reference's slope is that of the reference", () => {
    const h = 1e-5;
    for (let x = -8.003; x < 8; x += 0.01) {
      if (kink !== undefined && Math.abs(x - kink) < 2 * h) continue;
      expect(Math.abs((f(x + h) - f(x - h)) / (2 * h) - slope(x))).toBeLessThan(1e-6);
    }
  });

  it("forward and backward are the reference's, at every shape, in place and not", () => {
    const { forward, backward, gradientFrom } = activations[name];
    const stream = randomStream(3, "picks");
    for (const rows of SIZES) {
      for (const columns of SIZES) {
        using _scope = linalg.scope();
        const random = (scale: number): Float32Array =>
          Float32Array.from({ length: rows * columns }, () => (stream.uniform() - 0.5) * scale);
        const [inputs, slopes] = [random(12), random(2)];
        const [x, y, dy] = [linalg.matrix(rows, columns, inputs), linalg.matrix(rows, columns), linalg.matrix(rows, columns, slopes)];
        forward(x, y);
        expect(difference(y.data, Array.from(inputs, f))).toBeLessThan(1e-6);
        backward(gradientFrom === "output" ? y : x, dy, dy);
        expect(
          difference(
            dy.data,
            Array.from(inputs, (value, index) => slopes[index] * slope(value)),
          ),
        ).toBeLessThan(1e-4);
        forward(x, x);
        expect([...x.data]).toEqual([...y.data]);
      }
    }
  });
});

it("gelu's known values", () => {
  // Python: [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in (-3, -1, 0.5, 2)]
  const y = linalg.matrix(1, 4);
  activations.gelu.forward(linalg.matrix(1, 4, [-3, -1, 0.5, 2]), y);
  [-0.00404969409489031, -0.15865525393145707, 0.34573123063700656, 1.9544997361036416].forEach((expected, index) =>
    expect(y.data[index]).toBeCloseTo(expected, 6),
  );
});

it.each([-0.1, Number.NaN, Infinity])("leakyRelu refuses a slope of %d", (negativeSlope) => {
  expect(() => leakyRelu({ negativeSlope })).toThrow(NnError);
  expect(() => new LeakyRelu({ negativeSlope })).toThrow("it must be a number of at least 0");
});

it("leakyRelu takes its slope from a Dense's options", () => {
  const activation = { type: "leakyRelu", negativeSlope: 0.5 } as const;
  const model = new Sequential(linalg, {
    inputs: 1,
    layers: [new Dense({ units: 2, activation })],
    loss: softmaxCrossEntropy,
    batchSize: 1,
  });
  model.parameters[0].value.data.set([1, -1]);
  expect([...model.forward(linalg.matrix(1, 1, [2]), "inference").data]).toEqual([2, -1]);
});
