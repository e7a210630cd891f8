// Conv2D, the pools and BatchNorm against their definitions in f64, over fuzzed shapes; and the definitions' gradients against
// finite differences of their own forward passes.
import { createLinalg, type Linalg, type Matrix } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  AveragePool2D,
  BatchNorm,
  Conv2D,
  type Layer,
  type LayerDescription,
  MaxPool2D,
  normal,
  type Shape,
  sizeOf,
} from "../src/index.ts";
import { batchNorm, conv2d, type Geometry, outputSize, type Pass, pool } from "./reference/images.ts";

vi.setConfig({ testTimeout: 60_000 });

const SIZES = [1, 3, 4, 5, 7, 8, 9, 15, 16, 17];
const WINDOWS = [1, 2, 3, 4, 5, 7];
const STRIDES = [1, 1, 2, 3];
/** More multiplications than this are left out: the references take their time. */
const MOST_TERMS = 60_000;
const CASES = 150;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 3].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

/** Random choices of one case. */
class Draw {
  readonly #stream;

  constructor(seed: number) {
    this.#stream = randomStream(seed, "picks");
  }

  one<Item>(items: readonly Item[]): Item {
    return items[this.#stream.integer(items.length)];
  }

  values(count: number): number[] {
    return Array.from({ length: count }, () => Math.fround(2 * this.#stream.uniform() - 1));
  }

  geometry(terms: (geometry: Geometry) => number): Geometry {
    for (;;) {
      const geometry: Geometry = {
        height: this.one(SIZES),
        width: this.one(SIZES),
        channels: this.one(SIZES),
        window: [this.one(WINDOWS), this.one(WINDOWS)],
        strides: [this.one(STRIDES), this.one(STRIDES)],
        same: this.one([true, false]),
      };
      const { height, width, window, same } = geometry;
      if ((same || (window[0] <= height && window[1] <= width)) && terms(geometry) <= MOST_TERMS) return geometry;
    }
  }
}

function build(linalg: Linalg, layer: LayerDescription, input: Shape, batchSize: number): Layer {
  return layer.build({
    linalg,
    name: "layer",
    input,
    batchSize,
    stream: randomStream(0, "init"),
    dropout: randomStream(0, "dropout"),
    needsInputGradient: true,
  });
}

/** The greatest difference, relative to the greatest magnitude of what is expected. */
function error(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = expected.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), Number.MIN_VALUE);
  return expected.reduce((greatest, value, index) => Math.max(greatest, Math.abs(actual[index] - value)), 0) / scale;
}

interface Found {
  readonly y: number[];
  readonly dx: number[];
  readonly gradients: number[][];
}

function run(linalg: Linalg, layer: Layer, x: number[], dy: number[], batch: number): Found {
  const input = linalg.matrix(batch, x.length / batch, x);
  const y = [...layer.forward(input, "training").data];
  const dx = [...layer.backward(linalg.matrix(batch, dy.length / batch, dy)).data];
  return { y, dx, gradients: layer.parameters.map(({ gradient }) => [...gradient.data]) };
}

/** Whether two passes found the same bits; sooner told than by toEqual. */
function sameBits(one: Found, other: Found): boolean {
  const [a, b] = [one, other].map(({ y, dx, gradients }) => [y, dx, ...gradients].flat());
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** Adds up what several samples give. */
const added = (all: readonly (readonly number[])[]): number[] => all[0].map((_, index) => all.reduce((sum, one) => sum + one[index], 0));

function checkPasses(seed: number, geometry: Geometry, layer: LayerDescription, passOf: (x: number[], weights: number[][]) => Pass): void {
  const draw = new Draw(seed + 1000);
  const { height, width, channels } = geometry;
  const input = [height, width, channels];
  const batch = draw.one([1, 2, 3, 5]);
  const outputs = sizeOf(layer.output(input));
  expect(layer.output(input).slice(0, 2)).toEqual(outputSize(geometry));
  const x = draw.values(batch * sizeOf(input));
  const dy = draw.values(batch * outputs);
  let first: Found | undefined;
  for (const linalg of linalgs) {
    using _scope = linalg.scope();
    // A larger batch than it is given, so that a smaller one is a prefix.
    const built = build(linalg, layer, input, batch + 1);
    const weights = built.parameters.map(({ value }) => [...value.data]);
    const found = run(linalg, built, x, dy, batch);
    const passes = Array.from({ length: batch }, (_, i) => passOf(x.slice(i * sizeOf(input), (i + 1) * sizeOf(input)), weights));
    const backward = passes.map((pass, i) => pass.backward(dy.slice(i * outputs, (i + 1) * outputs)));
    expect(
      error(
        found.y,
        passes.flatMap(({ output }) => output),
      ),
    ).toBeLessThan(1e-5);
    expect(
      error(
        found.dx,
        backward.flatMap((one) => one.input),
      ),
    ).toBeLessThan(1e-4);
    if (found.gradients.length > 0) {
      expect(error(found.gradients[0], added(backward.map((one) => one.weights)))).toBeLessThan(1e-4);
      expect(error(found.gradients[1], added(backward.map(({ biases }) => biases)))).toBeLessThan(1e-4);
    }
    first ??= found;
    expect(sameBits(found, first)).toBe(true);
    // Nothing is left of one pass in the next.
    expect(sameBits(run(linalg, built, x, dy, batch), first)).toBe(true);
  }
}

const padding = ({ same }: Geometry): "same" | "valid" => (same ? "same" : "valid");

describe("against the definition, over shapes", () => {
  it("Conv2D", () => {
    for (let seed = 0; seed < CASES; seed += 1) {
      const draw = new Draw(seed);
      const filters = draw.one(SIZES);
      const geometry = draw.geometry((one) => {
        const [outHeight, outWidth] = outputSize(one);
        return outHeight * outWidth * one.window[0] * one.window[1] * one.channels * filters;
      });
      const layer = new Conv2D({
        filters,
        kernelSize: geometry.window,
        strides: geometry.strides,
        padding: padding(geometry),
        init: normal({ stddev: 0.5 }),
      });
      checkPasses(seed, geometry, layer, (x, [weights, biases]) => conv2d(geometry, x, weights, biases));
    }
  });

  it.each([
    ["max", MaxPool2D],
    ["average", AveragePool2D],
  ] as const)("%s pool", (kind, Pool) => {
    for (let seed = 0; seed < CASES; seed += 1) {
      const geometry = new Draw(seed).geometry(({ height, width, channels, window }) => height * width * channels * window[0] * window[1]);
      const layer = new Pool({ poolSize: geometry.window, strides: geometry.strides, padding: padding(geometry) });
      checkPasses(seed, geometry, layer, (x) => pool(kind, geometry, x));
    }
  });

  it("a depth of more than one block: 7 × 7 windows of 17 channels, and images of one pixel", () => {
    const geometry: Geometry = { height: 8, width: 8, channels: 17, window: [7, 7], strides: [1, 1], same: false };
    const layer = new Conv2D({ filters: 19, kernelSize: 7, init: normal({ stddev: 0.5 }) });
    checkPasses(1, geometry, layer, (x, [weights, biases]) => conv2d(geometry, x, weights, biases));
    const pixel: Geometry = { height: 1, width: 1, channels: 9, window: [1, 1], strides: [1, 1], same: true };
    const one = new Conv2D({ filters: 33, kernelSize: 1, padding: "same", init: normal({ stddev: 0.5 }) });
    checkPasses(2, pixel, one, (x, [weights, biases]) => conv2d(pixel, x, weights, biases));
  });

  it("BatchNorm over channels of images and over features, and its moving averages", () => {
    for (let seed = 0; seed < CASES; seed += 1) {
      const draw = new Draw(seed);
      const input = draw.one([[draw.one(SIZES)], [draw.one(SIZES), draw.one([1, 4, 9]), draw.one(SIZES)]]);
      const [batch, channels] = [draw.one([3, 16, 65, 130]), input[input.length - 1]];
      // Means far from 0 lose no digits. Of two samples, the gradient of a feature is the rounding of what cancels.
      const [x, dy] = [draw.values(batch * sizeOf(input)).map((value) => Math.fround(value + 5)), draw.values(batch * sizeOf(input))];
      const [gamma, beta] = [draw.values(channels), draw.values(channels)];
      const reference = batchNorm(x, gamma, beta, 1e-3);
      const backward = reference.backward(dy);
      for (const linalg of linalgs) {
        using _scope = linalg.scope();
        const layer = build(linalg, new BatchNorm({ momentum: 0.75 }), input, batch);
        [gamma, beta].forEach((values, index) => layer.parameters[index].value.data.set(values));
        const { y, dx, gradients } = run(linalg, layer, x, dy, batch);
        expect(error(y, reference.output)).toBeLessThan(1e-5);
        expect(error(dx, backward.input)).toBeLessThan(1e-4);
        expect(error(gradients[0], backward.gamma)).toBeLessThan(1e-4);
        expect(error(gradients[1], backward.beta)).toBeLessThan(1e-4);
        const [mean, variance] = layer.state.map(({ value }) => [...(value as Matrix).data]);
        expect(
          error(
            mean,
            reference.mean.map((value) => 0.25 * value),
          ),
        ).toBeLessThan(1e-6);
        expect(
          error(
            variance,
            reference.variance.map((value) => 0.75 + 0.25 * value),
          ),
        ).toBeLessThan(1e-6);
        // Inference goes by them.
        const inferred = layer.forward(linalg.matrix(batch, sizeOf(input), x), "inference").data;
        const at = (index: number): number => index % channels;
        const expected = x.map((value, index) => {
          const hat = (value - mean[at(index)]) / Math.sqrt(variance[at(index)] + 1e-3);
          return hat * gamma[at(index)] + beta[at(index)];
        });
        expect(error(inferred, expected)).toBeLessThan(1e-5);
      }
    }
  });
});

describe("the definitions' gradients are the slopes of their forward passes", () => {
  const STEP = 1e-5;

  /** Checks ∂(Σ weight · output)/∂values by central differences. */
  function expectSlopes(
    values: number[],
    gradient: readonly number[],
    outputOf: (values: number[]) => readonly number[],
    dy: number[],
  ): void {
    const along = (at: number, step: number): number =>
      outputOf(values.with(at, values[at] + step)).reduce((sum, value, index) => sum + value * dy[index], 0);
    const slopes = values.map((_, at) => (along(at, STEP) - along(at, -STEP)) / (2 * STEP));
    expect(error(gradient, slopes)).toBeLessThan(1e-6);
  }

  const geometry: Geometry = { height: 5, width: 4, channels: 3, window: [3, 2], strides: [2, 1], same: true };
  const draw = new Draw(7);
  const x = draw.values(60);
  const [outHeight, outWidth] = outputSize(geometry);

  it("of conv2d", () => {
    const [weights, biases, dy] = [draw.values(6 * 3 * 2), draw.values(2), draw.values(outHeight * outWidth * 2)];
    const gradients = conv2d(geometry, x, weights, biases).backward(dy);
    expectSlopes(x, gradients.input, (values) => conv2d(geometry, values, weights, biases).output, dy);
    expectSlopes(weights, gradients.weights, (values) => conv2d(geometry, x, values, biases).output, dy);
    expectSlopes(biases, gradients.biases, (values) => conv2d(geometry, x, weights, values).output, dy);
  });

  it.each(["max", "average"] as const)("of the %s pool", (kind) => {
    const dy = draw.values(outHeight * outWidth * 3);
    expectSlopes(x, pool(kind, geometry, x).backward(dy).input, (values) => pool(kind, geometry, values).output, dy);
  });

  it("of batchNorm", () => {
    const [gamma, beta, dy] = [draw.values(3), draw.values(3), draw.values(60)];
    const gradients = batchNorm(x, gamma, beta, 1e-3).backward(dy);
    expectSlopes(x, gradients.input, (values) => batchNorm(values, gamma, beta, 1e-3).output, dy);
    expectSlopes(gamma, gradients.gamma, (values) => batchNorm(x, values, beta, 1e-3).output, dy);
    expectSlopes(beta, gradients.beta, (values) => batchNorm(x, gamma, values, 1e-3).output, dy);
  });
});

describe("max pool", () => {
  it("gives the gradient to the first of equals, and lets a NaN through", () => {
    const [linalg] = linalgs;
    const layer = build(linalg, new MaxPool2D(), [2, 2, 1], 1);
    expect(run(linalg, layer, [1, 1, 1, 0], [3], 1)).toMatchObject({ y: [1], dx: [3, 0, 0, 0] });
    expect([...layer.forward(linalg.matrix(1, 4, [1, Number.NaN, 3, 0]), "training").data]).toEqual([Number.NaN]);
  });
});

describe("refused", () => {
  it.each<[string, () => unknown]>([
    [
      "conv2d needs images [height, width, channels]; the samples that come in are [784]. In a config, set data.image",
      () => new Conv2D({ filters: 1, kernelSize: 3 }).output([784]),
    ],
    ["maxPool2d needs images [height, width, channels]; the samples that come in are [10]", () => new MaxPool2D().output([10])],
    [
      'conv2d of 3 × 5 is larger than the images of 3 × 4 × 1; make it smaller, or pad with "same"',
      () => new Conv2D({ filters: 1, kernelSize: [3, 5] }).output([3, 4, 1]),
    ],
    ["averagePool2d of 2 × 2 is larger than the images of 1 × 1 × 8", () => new AveragePool2D().output([1, 1, 8])],
    ["Conv2D: filters is 0; it must be a whole number of at least 1", () => new Conv2D({ filters: 0, kernelSize: 3 })],
    [
      "Conv2D: kernelSize is [3,0]; it must be a whole number of at least 1, or two: [height, width]",
      () => new Conv2D({ filters: 1, kernelSize: [3, 0] }),
    ],
    ["MaxPool2D: poolSize is 1.5", () => new MaxPool2D({ poolSize: 1.5 })],
    ["MaxPool2D: strides is 0", () => new MaxPool2D({ strides: 0 })],
    ['AveragePool2D: padding is "full"; it must be "valid" or "same"', () => new AveragePool2D({ padding: "full" as "same" })],
    ["BatchNorm: momentum is 2; it must be from 0 to 1", () => new BatchNorm({ momentum: 2 })],
    ["BatchNorm: epsilon is 0; it must be above 0", () => new BatchNorm({ epsilon: 0 })],
  ])("%s", (message, attempt) => {
    expect(attempt).toThrow(message);
  });
});
