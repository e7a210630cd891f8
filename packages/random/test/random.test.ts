import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PURPOSES, permutation, randomStream, shuffle, type Purpose } from "../src/index.ts";
import { threefry2x32, type Word64 } from "../src/threefry.ts";

const purposes = Object.keys(PURPOSES) as Purpose[];

describe("threefry2x32", () => {
  // The known answers that come with the authors' reference implementation (threefry2x32, 20 rounds).
  const known: [key: Word64, counter: Word64, result: Word64][] = [
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ];
  it.each(known)("key %j, counter %j", (key, counter, result) => {
    expect(threefry2x32(key, counter)).toEqual(result);
  });
});

describe("randomStream", () => {
  it("repeats itself for the same seed and purpose, and only for those", () => {
    const draw = (seed: number, purpose: Purpose) => {
      const stream = randomStream(seed, purpose);
      return Array.from({ length: 8 }, () => stream.uint32()).join();
    };
    const drawn = new Set([0, 1, 2 ** 32, 2 ** 53 - 1].flatMap((seed) => purposes.map((purpose) => draw(seed, purpose))));
    expect(drawn.size).toBe(4 * purposes.length);
    expect(draw(7, "init")).toBe(draw(7, "init"));
  });

  it("is part of the format: these draws never change", () => {
    const stream = randomStream(0, "init");
    expect([stream.uint32(), stream.uint32(), stream.uint32()]).toMatchInlineSnapshot(`
      [
        776790650,
        1933326460,
        3168970740,
      ]
    `);
  });

  it("continues from a saved position, odd or even", () => {
    fc.assert(
      fc.property(fc.nat(9), (position) => {
        const whole = randomStream(3, "shuffle");
        for (let draw = 0; draw < position; draw += 1) whole.uint32();
        const resumed = randomStream(3, "shuffle");
        resumed.position = whole.position;
        expect(resumed.uint32()).toBe(whole.uint32());
      }),
    );
  });

  it("gives uniforms inside (0, 1) that f32 holds exactly, with mean 1/2", () => {
    const stream = randomStream(1, "init");
    let sum = 0;
    for (let draw = 0; draw < 100_000; draw += 1) {
      const value = stream.uniform();
      if (!(value > 0 && value < 1 && Math.fround(value) === value)) expect.unreachable(`${value}`);
      sum += value;
    }
    expect(sum / 100_000).toBeCloseTo(0.5, 2);
  });

  it("reaches every integer below the bound about equally often", () => {
    const stream = randomStream(1, "picks");
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw += 1) counts[stream.integer(7)] += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses the seed %d", (seed) => {
    expect(() => randomStream(seed, "init")).toThrow(RangeError);
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1])("refuses the bound %d", (bound) => {
    expect(() => randomStream(0, "init").integer(bound)).toThrow(RangeError);
  });
});

describe("shuffle", () => {
  it("keeps every item exactly once", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (count, seed) => {
        const order = permutation(count, randomStream(seed, "shuffle"));
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
      }),
    );
  });

  it("gives each order of three items about equally often", () => {
    const stream = randomStream(5, "shuffle");
    const counts = new Map<string, number>();
    for (let round = 0; round < 6000; round += 1) {
      const order = shuffle(["a", "b", "c"], stream).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
