import { describe, expect, it } from "vitest";
import { checkProduct, expectedAt, GEMM_CASES, probesOf } from "../src/benches/gemmCases.ts";
import { checkProbabilities, probabilitiesOf } from "../src/benches/inferenceChecks.ts";
import { checkTurns, type MinibatchReply } from "../src/benches/minibatchReply.ts";

describe("gemm", () => {
  // A = [1 2 3; 4 5 6], B = [1 0; 2 1; 0 3], A·B = [5 11; 14 23].
  const A = { n: Float32Array.of(1, 2, 3, 4, 5, 6), t: Float32Array.of(1, 4, 2, 5, 3, 6) };
  const B = { n: Float32Array.of(1, 0, 2, 1, 0, 3), t: Float32Array.of(1, 2, 0, 0, 1, 3) };

  it.each(["nn", "nt", "tn", "tt"] as const)("knows what A·B is, stored as %s", (stored) => {
    const shape = { m: 2, k: 3, n: 2, transposeA: stored[0] === "t", transposeB: stored[1] === "t" };
    const [a, b] = [A[stored[0] as "n" | "t"], B[stored[1] as "n" | "t"]];
    expect(expectedAt(shape, a, b, [0, 1, 2, 3])).toEqual([5, 11, 14, 23]);
  });

  it("refuses a wrong element, and one that is missing", () => {
    expect(() => checkProduct("it", "2x3x2", [5, 11], [5.0001, 11])).not.toThrow();
    expect(() => checkProduct("it", "2x3x2", [5, 11.1], [5, 11])).toThrow("an element is 11.1, it should be 11");
    expect(() => checkProduct("it", "2x3x2", [NaN, 11], [5, 11])).toThrow("it does not multiply at 2x3x2");
    expect(() => checkProduct("it", "2x3x2", [5], [5, 11])).toThrow("an element is undefined");
  });

  it.each(GEMM_CASES)("looks at many rows and columns of $name", (product) => {
    const probes = probesOf(product);
    expect([probes[0], probes[probes.length - 1]]).toEqual([0, product.m * product.n - 1]);
    expect(new Set(probes.map((probe) => Math.floor(probe / product.n))).size).toBeGreaterThanOrEqual(Math.min(product.m, 15));
    expect(new Set(probes.map((probe) => probe % product.n)).size).toBeGreaterThanOrEqual(15);
  });
});

describe("inference", () => {
  const network = {
    inputs: 2,
    hidden: 2,
    classes: 2,
    w1: Float32Array.of(1, -1, 2, 1),
    b1: Float32Array.of(1, 0),
    w2: Float32Array.of(1, 0, 0, 1),
    b2: Float32Array.of(0, 1),
  };

  it("knows the network's probabilities", () => {
    // Image 1, 0: hidden [2, relu(-1) = 0], logits [2, 1]. Image 0, 1: hidden [3, 1], logits [3, 2].
    const [p, q] = [Math.E / (1 + Math.E), 1 / (1 + Math.E)];
    const found = probabilitiesOf(network, Float32Array.of(1, 0, 0, 1), 2);
    expect(found).toHaveLength(4);
    for (const [index, value] of [p, q, p, q].entries()) expect(found[index]).toBeCloseTo(value, 12);
  });

  it("refuses a wrong probability, and one that is missing", () => {
    expect(() => checkProbabilities("it", [0.70005, 0.3], [0.7, 0.3])).not.toThrow();
    expect(() => checkProbabilities("it", [0.7002, 0.3], [0.7, 0.3])).toThrow("a probability is 0.7002, it should be 0.7");
    expect(() => checkProbabilities("it", [0.7], [0.7, 0.3])).toThrow("it does not compute the network");
    expect(() => checkProbabilities("it", [NaN, 0.3], [0.7, 0.3])).toThrow("a probability is NaN");
  });
});

describe("minibatch", () => {
  const turns = (...costs: number[]): MinibatchReply[] => costs.map((cost) => ({ samples: 12_800, milliseconds: 1, cost }));

  it("takes a program that learns", () => {
    expect(() => checkTurns("it", turns(0.65, 0.34, 0.29))).not.toThrow();
  });

  it.each([
    ["too few images", turns(0.4), "trained on 12800 images"],
    ["a cost that stays", turns(2.3, 2.3), "its cost is 2.3 in its first turn and 2.3 after 25600 images"],
    ["a cost that was low from the start", turns(0.3, 0.3), "does not learn"],
    ["a cost that is no number", turns(0.65, NaN), "NaN after"],
    ["a cost of nothing", turns(0.65, 0), "does not learn"],
  ])("refuses %s", (_what, list, message) => {
    expect(() => checkTurns("a program", list)).toThrow(message);
  });
});
