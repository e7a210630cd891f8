// What goes wrong in a captured step: an index that is out of bounds when it is replayed, and captures that are misused. Nothing is
// written outside, and the Linalg stays usable. Teams are started from dist/.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg } from "../src/index.ts";
import { filled, firstDifference, shuffled, sparseConstant } from "./programs/replayed.ts";

// Threads of a team wait for one another, long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { addRow, axpy, createLinalg, gather, gatherRows, gemm, LinalgError, relu, softmaxCrossEntropy, takeIndices } = built;

let linalgs: Linalg[];
beforeAll(async () => {
  linalgs = await Promise.all([1, 3].map((threads) => createLinalg({ threads })));
});
afterAll(() => Promise.all(linalgs.map((linalg) => linalg.close())));

describe("an index that is out of bounds when a step is replayed", () => {
  const [ROWS, INPUTS, COUNT, UNITS, CLASSES] = [200, 120, 144, 40, 16];
  /** A canary: no kernel gives it. */
  const CANARY = -123_456;

  // Operands, with canaries before and behind what a step writes.
  function operandsOf(linalg: Linalg) {
    const [x, constant, labels] = [filled(linalg, ROWS, INPUTS, 1), sparseConstant(linalg, ROWS, INPUTS), shuffled(linalg, ROWS, CLASSES)];
    const [order, targets] = [shuffled(linalg, COUNT, ROWS), shuffled(linalg, COUNT, CLASSES)];
    const [batches, position] = [shuffled(linalg, COUNT * 3, ROWS), linalg.cell()];
    const [w, dz, logits] = [filled(linalg, INPUTS, UNITS, 2), filled(linalg, COUNT, UNITS, 3), filled(linalg, COUNT, CLASSES, 4)];
    const guards = [linalg.matrix(64, 16, new Array(1024).fill(CANARY))];
    const guarded = <Made>(made: Made): Made => {
      guards.push(linalg.matrix(64, 16, new Array(1024).fill(CANARY)));
      return made;
    };
    const [rows, picked] = [guarded(linalg.matrix(COUNT, INPUTS)), guarded(linalg.indices(COUNT))];
    const [gradient, losses] = [guarded(linalg.matrix(COUNT, CLASSES)), guarded(linalg.matrix(COUNT, 1))];
    const [z, dw] = [guarded(linalg.matrix(COUNT, UNITS)), guarded(linalg.matrix(INPUTS, UNITS))];
    const unharmed = (): boolean => guards.every(({ data }) => data.every((value) => value === CANARY));
    return { x, constant, labels, order, targets, batches, position, w, dz, logits, rows, picked, gradient, losses, z, dw, unharmed };
  }
  type Operands = ReturnType<typeof operandsOf>;
  type Part = (operands: Operands) => unknown;

  it.each<[string, Part, Part]>([
    ["gatherRows: 200 of 200", ({ order }) => (order.data[COUNT - 1] = ROWS), ({ x, order, rows }) => gatherRows(x, order, rows)],
    ["gatherRows: −1", ({ order }) => (order.data[0] = -1), ({ x, order, rows }) => gatherRows(x, order, rows)],
    ["gatherRows: 2³¹ − 1", ({ order }) => (order.data[70] = 2 ** 31 - 1), ({ x, order, rows }) => gatherRows(x, order, rows)],
    ["gather", ({ order }) => (order.data[COUNT - 1] = ROWS), ({ labels, order, picked }) => gather(labels, order, picked)],
    [
      "a product with rows of a constant",
      ({ order }) => (order.data[COUNT - 1] = ROWS),
      ({ constant, order, rows, w, z }) => [gatherRows(constant, order, rows), gemm(rows, w, z)],
    ],
    [
      "a product with their transpose",
      ({ order }) => (order.data[3] = -2),
      ({ constant, order, rows, dz, dw }) => [gatherRows(constant, order, rows), gemm(rows, dz, dw, { transposeA: true })],
    ],
    [
      "softmaxCrossEntropy: a class too many",
      ({ targets }) => (targets.data[COUNT - 1] = CLASSES),
      ({ logits, targets, gradient, losses }) => softmaxCrossEntropy(logits, targets, gradient, losses),
    ],
    [
      "softmaxCrossEntropy: −2³¹",
      ({ targets }) => (targets.data[0] = -(2 ** 31)),
      ({ logits, targets, gradient, losses }) => softmaxCrossEntropy(logits, targets, gradient, losses),
    ],
    [
      "takeIndices: beyond the last batch",
      ({ position }) => (position.value = 2 * COUNT + 1),
      ({ batches, position, picked }) => takeIndices(batches, position, picked),
    ],
    [
      "takeIndices: from −1 on",
      ({ position }) => (position.value = -1),
      ({ batches, position, picked }) => takeIndices(batches, position, picked),
    ],
    [
      "takeIndices: far away",
      ({ position }) => (position.value = 1e300),
      ({ batches, position, picked }) => takeIndices(batches, position, picked),
    ],
  ])("%s: run throws, and nothing is written outside", (_what, spoil, step) => {
    for (const linalg of linalgs) {
      const operands = operandsOf(linalg);
      const program = linalg.capture(() => void step(operands));
      program.run();
      const [order, targets] = [operands.order.data.slice(), operands.targets.data.slice()];
      operands.position.value = 0;
      spoil(operands);
      const error = thrown(() => program.run(2));
      expect(error).toBeInstanceOf(LinalgError);
      expect(error).toHaveProperty("message", "run: an index is beyond the rows or classes it selects from");
      expect(operands.unharmed()).toBe(true);
      // The fault is told once.
      operands.order.data.set(order);
      operands.targets.data.set(targets);
      operands.position.value = 0;
      program.run(2);
      expect(operands.unharmed()).toBe(true);
    }
  });

  it("takeIndices goes through all batches, and no further", () => {
    const { batches, position, picked } = operandsOf(linalgs[1]);
    const program = linalgs[1].capture(() => takeIndices(batches, position, picked));
    program.run(3);
    expect(firstDifference(picked.data, batches.data.subarray(2 * COUNT))).toBe(-1);
    expect(() => program.run()).toThrow("run: an index is beyond");
    expect(position.value).toBe(3 * COUNT);
  });
});

describe("capture", () => {
  it("within a capture is refused, and the first one goes on", () => {
    const [linalg] = linalgs;
    const x = linalg.matrix(1, 2, [-1, 2]);
    const program = linalg.capture(() => {
      expect(() => linalg.capture(() => undefined)).toThrow("capture: a step is being captured already; end that first");
      relu(x, x);
    });
    expect([...x.data]).toEqual([-1, 2]);
    program.run();
    expect([...x.data]).toEqual([0, 2]);
  });

  it("ends where the step throws, and calls are made at once again", () => {
    for (const linalg of linalgs) {
      const x = linalg.matrix(1, 2, [-1, 2]);
      const row = linalg.matrix(1, 3);
      const step = (): void => {
        relu(x, x);
        addRow(row, x);
      };
      expect(() => linalg.capture(step)).toThrow("addRow: row is 1 × 3 but y is 1 × 2");
      expect([...x.data]).toEqual([-1, 2]);
      relu(x, x);
      expect([...x.data]).toEqual([0, 2]);
      const one = linalg.cell(1);
      const program = linalg.capture(() => axpy(one, x, x));
      program.run(3);
      expect([...x.data]).toEqual([0, 16]);
    }
  });

  it("of nothing is a program that does nothing", () => {
    for (const linalg of linalgs) linalg.capture(() => undefined).run(5);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 31])("a program refuses %d replays", (times) => {
    const program = linalgs[0].capture(() => undefined);
    expect(() => program.run(times)).toThrow(`run: times is ${times}; it must be a whole number from 0 to 2147483647`);
  });

  it("refuses to replay another program, which it could not record", () => {
    const [linalg] = linalgs;
    const program = linalg.capture(() => undefined);
    expect(() => linalg.capture(() => program.run())).toThrow("run: a step is being captured; replay programs outside of it");
    program.run();
  });

  it("a program whose Linalg has been closed says so", async () => {
    const linalg = await createLinalg({ threads: 2 });
    const x = linalg.matrix(130, 130);
    const program = linalg.capture(() => relu(x, x));
    await linalg.close();
    expect(() => program.run()).toThrow("this Linalg has been closed; make a new createLinalg()");
  });
});

describe("memory", () => {
  it("is neither taken nor grown by a thousand replays", () => {
    for (const linalg of linalgs) {
      const [x, order] = [sparseConstant(linalg, 60, 90), shuffled(linalg, 50, 60)];
      const [rows, w, z, dw] = [linalg.matrix(50, 90), filled(linalg, 90, 40, 1), linalg.matrix(50, 40), linalg.matrix(90, 40)];
      const program = linalg.capture(() => {
        gatherRows(x, order, rows);
        gemm(rows, w, z);
        relu(z, z);
        gemm(rows, z, dw, { transposeA: true });
      });
      const { buffer } = linalg;
      const top = linalg.matrix(0, 0).pointer;
      program.run(1000);
      expect(linalg.matrix(0, 0).pointer).toBe(top);
      expect(linalg.buffer).toBe(buffer);
    }
  });

  it("of a program outlives the scope that it was captured in", () => {
    for (const linalg of linalgs) {
      const [a, b, c] = [filled(linalg, 40, 60, 1), filled(linalg, 60, 50, 2), linalg.matrix(40, 50)];
      gemm(a, b, c);
      relu(c, c);
      const expected = c.data.slice();
      const scope = linalg.scope();
      linalg.matrix(100, 100);
      const program = linalg.capture(() => {
        gemm(a, b, c);
        relu(c, c);
      });
      scope[Symbol.dispose]();
      // Where the program stood if it were gone.
      linalg.matrix(300, 300, new Array(90_000).fill(Number.NaN));
      c.data.fill(0);
      program.run();
      expect(firstDifference(c.data, expected)).toBe(-1);
    }
  });

  it("that is lasting outlives its scope, and a later scope is given back to there", () => {
    const [linalg] = linalgs;
    const scope = linalg.scope();
    linalg.matrix(1, 64);
    const kept = linalg.lasting(() => linalg.matrix(1, 4, [1, 2, 3, 4]));
    linalg.matrix(1, 64);
    scope[Symbol.dispose]();
    const next = linalg.matrix(1, 64, new Array(64).fill(9));
    expect([...kept.data]).toEqual([1, 2, 3, 4]);
    expect(next.pointer).toBe(kept.pointer + 64);
  });
});

function thrown(attempt: () => void): unknown {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  return undefined;
}
