// Dropout: what it drops, how much of it, and that its draws depend on nothing but the key and the position.
import { type Cell, createLinalg, type Linalg, type Matrix } from "@downhill/linalg";
import { RandomStream, randomStream } from "@downhill/random";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Dropout, type Layer } from "../src/index.ts";

vi.setConfig({ testTimeout: 60_000 });

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 2, 3, 8].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

function build(linalg: Linalg, rate: number, width: number, batchSize: number): Layer {
  return new Dropout({ rate }).build({
    linalg,
    name: "dropout_1",
    input: [width],
    batchSize,
    stream: randomStream(0, "init"),
    dropout: randomStream(5, "dropout").substream(2),
    needsInputGradient: true,
  });
}

const ones = (linalg: Linalg, rows: number, columns: number): Matrix => linalg.matrix(rows, columns, new Array(rows * columns).fill(1));
const positionOf = (layer: Layer): Cell => layer.state[0].value as Cell;

it.each([1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 1000])(
  "drops where the stream's draws are below the rate, %d numbers, on any threads",
  (width) => {
    for (const linalg of linalgs) {
      using _scope = linalg.scope();
      const rate = 0.3;
      const layer = build(linalg, rate, width, 60);
      const stream = randomStream(5, "dropout").substream(2);
      for (const rows of [60, 1, 7]) {
        stream.position = positionOf(layer).value;
        const kept = Math.fround(1 / (1 - rate));
        const expected = Array.from({ length: rows * width }, () => (stream.uint32() < Math.floor(rate * 2 ** 32) ? 0 : kept));
        expect([...layer.forward(ones(linalg, rows, width), "training").data]).toEqual(expected);
        // The same draws backward.
        expect([...layer.backward(ones(linalg, rows, width)).data]).toEqual(expected);
        expect(positionOf(layer).value).toBe(stream.position + ((8 - (stream.position % 8)) % 8));
      }
    }
  },
);

it("reaches beyond 2³² blocks of draws", () => {
  const [linalg] = linalgs;
  const layer = build(linalg, 0.5, 64, 1);
  positionOf(layer).value = 2 ** 33 - 32;
  const stream = new RandomStream(randomStream(5, "dropout").substream(2).key, 2 ** 33 - 32);
  const expected = Array.from({ length: 64 }, () => (stream.uint32() < 2 ** 31 ? 0 : 2));
  expect([...layer.forward(ones(linalg, 1, 64), "training").data]).toEqual(expected);
});

it.each([0.1, 0.5, 0.9])("keeps its share of a million numbers, and their mean: rate %d", (rate) => {
  const [linalg] = linalgs;
  using _scope = linalg.scope();
  const count = 1_000_000;
  const { data } = build(linalg, rate, 1000, 1000).forward(ones(linalg, 1000, 1000), "training");
  const kept = data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  // Five standard deviations of the binomial distribution.
  const deviation = Math.sqrt(count * rate * (1 - rate));
  expect(Math.abs(kept - count * (1 - rate))).toBeLessThan(5 * deviation);
  const mean = data.reduce((sum, value) => sum + value, 0) / count;
  expect(Math.abs(mean - 1)).toBeLessThan((5 * deviation) / (count * (1 - rate)));
});

it("draws anew at each step, in replays too, and the same from the same position", () => {
  for (const linalg of linalgs) {
    using _scope = linalg.scope();
    const [layer, resumed] = [build(linalg, 0.5, 700, 50), build(linalg, 0.5, 700, 50)];
    const input = ones(linalg, 50, 700);
    const step = (of: Layer): number[] => [...of.forward(input, "training").data];
    const [first, second] = [step(layer), step(layer)];
    expect(second).not.toEqual(first);
    const third = step(layer);
    positionOf(resumed).value = 70_000;
    expect(step(resumed)).toEqual(third);
    positionOf(resumed).value = 0;
    let output: Matrix | undefined;
    const program = linalg.capture(() => void (output = resumed.forward(input, "training")));
    for (const expected of [first, second, third]) {
      program.run();
      expect([...(output as Matrix).data]).toEqual(expected);
    }
  }
});

it("passes everything on in inference, and with a rate of 0", () => {
  const [linalg] = linalgs;
  const input = ones(linalg, 2, 3);
  const layer = build(linalg, 0.5, 3, 2);
  expect(layer.forward(input, "inference")).toBe(input);
  expect(positionOf(layer).value).toBe(0);
  const none = build(linalg, 0, 3, 2);
  expect(none.forward(input, "training")).toBe(input);
  expect(none.backward(input)).toBe(input);
});

it.each([-0.1, 1, Number.NaN])("refuses a rate of %d", (rate) => {
  expect(() => new Dropout({ rate })).toThrow(`Dropout: rate is ${rate}; it must be from 0 to less than 1`);
});
