// Calls as JavaScript can make them, types or not: each is refused with a RangeError before any kernel runs, never a
// trap, a write outside, or a result that is silently wrong.
import { beforeEach, describe, expect, it } from "vitest";
import * as source from "../src/index.ts";
import type { Cell, Indices, Linalg, Matrix } from "../src/index.ts";
import { Draw } from "./calls/Draw.ts";
import { Guarded } from "./calls/Guarded.ts";
import { looseOperands, SIGNATURES } from "./calls/looseOperands.ts";

type Loose = Record<string, (...operands: unknown[]) => unknown>;
type Constructor = new (...args: unknown[]) => object;
// The package as JavaScript sees it.
const kernels = source as unknown as Loose;
const {
  adam,
  addRow,
  addSum,
  advancePower,
  argmax,
  axpy,
  countEqual,
  exp,
  gather,
  gatherRows,
  gemm,
  meanSquaredError,
  reluGradient,
  scal,
  softmax,
  softmaxCrossEntropy,
  sumRows,
  takeIndices,
  tanh,
} = kernels;

let linalg: Linalg;
let loose: Loose;
beforeEach(async () => {
  linalg = await source.createLinalg({ threads: 1 });
  loose = linalg as unknown as Loose;
});

const square = (): Matrix => linalg.matrix(4, 4, new Array(16).fill(0.5));
const column = (): Matrix => linalg.matrix(4, 1);
const list = (...values: number[]): Indices => linalg.indices(values.length, values);
const cell = (): Cell => linalg.cell(0.5);
const rates = (over: object = {}): object => {
  return { learningRate: cell(), power1: cell(), power2: cell(), beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...over };
};
/** A handle made without the package. */
const forged = (over: object): unknown => ({ linalg, pointer: square().pointer, rows: 4, columns: 4, size: 16, ...over });
/** What JavaScript makes of an exported class and such arguments. */
const made = (from: unknown, ...args: unknown[]): unknown => new (from as Constructor)(...args);

type Attempts = Readonly<Record<string, () => unknown>>;

const sizes: Attempts = {
  "matrix: rows null": () => loose["matrix"](null, 1),
  "matrix: rows of text": () => loose["matrix"]("4", 1),
  "matrix: rows a bigint": () => loose["matrix"](1n, 1),
  "matrix: rows a symbol": () => loose["matrix"](Symbol("rows"), 1),
  "matrix: rows an object without a text": () => loose["matrix"](Object.create(null), 1),
  "matrix: rows NaN": () => linalg.matrix(Number.NaN, 1),
  "matrix: rows −1": () => linalg.matrix(-1, 1),
  "matrix: columns 1.5": () => linalg.matrix(1, 1.5),
  "matrix: 2³² elements": () => linalg.matrix(2 ** 16, 2 ** 16),
  "matrix: all of the 4 GiB": () => linalg.matrix(2 ** 15, 2 ** 15),
  "matrix: more than numbers can say": () => linalg.matrix(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  "matrix: more rows than an i32 counts": () => linalg.matrix(2 ** 31, 0),
  "matrix: so many rows that an i32 can't count on": () => linalg.matrix(2 ** 31 - 1, 0),
  "constant: columns NaN": () => linalg.constant(1, Number.NaN, []),
  "indices: length Infinity": () => linalg.indices(Infinity),
  "indices: more than an i32 counts": () => linalg.indices(2 ** 31),
  "reserve: −1": () => linalg.reserve(-1),
  "reserve: 2³³": () => linalg.reserve(2 ** 33),
  "reserve: text": () => loose["reserve"]("1"),
  "firstRows: −1": () => square().firstRows(-1),
  "firstRows: 5 of 4": () => square().firstRows(5),
  "firstRows: NaN": () => square().firstRows(Number.NaN),
  "firstRows: text": () => (square() as unknown as Loose)["firstRows"]("2"),
  "firstRows: a symbol": () => (square() as unknown as Loose)["firstRows"](Symbol("2")),
  "block: from row −1": () => square().block(-1, 0, 1, 1),
  "block: beyond the last column": () => square().block(0, 2, 1, 3),
  "block: from 2⁵³": () => square().block(2 ** 53, 0, 1, 1),
  "block: a symbol of columns": () => (square() as unknown as Loose)["block"](0, 0, 1, Symbol("1")),
  "slice: from −1": () => list(1, 2).slice(-1, 1),
  "slice: from ½": () => list(1, 2).slice(0.5, 1),
  "slice: from 2⁵³": () => list(1, 2).slice(2 ** 53, 1),
  "slice: beyond the end": () => list(1, 2).slice(1, 2),
};

const values: Attempts = {
  "matrix: a number for values": () => loose["matrix"](1, 1, 3),
  "matrix: too few values": () => linalg.matrix(2, 2, [1]),
  "matrix: values null": () => loose["matrix"](1, 1, null),
  "matrix: values of text": () => loose["matrix"](1, 2, "ab"),
  "matrix: values of texts": () => loose["matrix"](1, 2, ["1", "2"]),
  "matrix: values of bigints": () => loose["matrix"](1, 1, [1n]),
  "matrix: values of a bigint array": () => loose["matrix"](1, 1, BigInt64Array.of(1n)),
  "matrix: values with a hole": () => loose["matrix"](1, 2, [1, undefined]),
  "matrix: values in a buffer": () => loose["matrix"](1, 1, new ArrayBuffer(4)),
  "indices: a value of NaN": () => linalg.indices(1, [Number.NaN]),
  "indices: a value of ½": () => linalg.indices(1, Float32Array.of(0.5)),
  "indices: a value of 2³²": () => linalg.indices(1, [2 ** 32]),
  "cell: text": () => loose["cell"]("a"),
  "cell: a bigint": () => loose["cell"](1n),
  "cell: text for its value": () => Object.assign(cell(), { value: "a" }),
  "gemm: options null": () => gemm(square(), square(), square(), null),
  "gemm: α of text": () => gemm(square(), square(), square(), { alpha: "x" }),
  "gemm: β a bigint": () => gemm(square(), square(), square(), { beta: 1n }),
  "scal: α a cell": () => scal(cell(), square()),
  "advancePower: a factor of text": () => advancePower(cell(), "a"),
  "adam: rates null": () => adam(square(), square(), square(), square(), null),
  "adam: β₁ of text": () => adam(square(), square(), square(), square(), rates({ beta1: "x" })),
  "adam: no ε": () => adam(square(), square(), square(), square(), rates({ epsilon: undefined })),
  "gather: an index of −1": () => gather(list(7, 8), list(-1), list(0)),
  "gatherRows: an index of 2³¹": () => gatherRows(square(), list(0, 0, 0, 2 ** 31), square()),
  "gatherRows: an index through a live view": () => {
    const order = list(0, 1, 2, 3);
    order.data[3] = 4;
    gatherRows(square(), order, square());
  },
  "softmaxCrossEntropy: a class through a live view": () => {
    const targets = list(0, 1, 2, 3);
    targets.data[0] = -2_000_000_000;
    softmaxCrossEntropy(square(), targets, square(), column());
  },
  "softmaxCrossEntropy: rows without classes": () =>
    softmaxCrossEntropy(linalg.matrix(1, 0), list(0), linalg.matrix(1, 0), linalg.matrix(1, 1)),
  "argmax: rows without columns": () => argmax(linalg.matrix(2, 0), list(0, 0)),
  "meanSquaredError: other shapes": () => meanSquaredError(square(), linalg.matrix(4, 3), square(), column()),
  "takeIndices: from −1": () => takeIndices(list(1, 2), linalg.cell(-1), list(0)),
  "takeIndices: from ½": () => takeIndices(list(1, 2), cell(), list(0)),
  "takeIndices: from NaN": () => takeIndices(list(1, 2), linalg.cell(Number.NaN), list(0)),
  "takeIndices: beyond the end": () => takeIndices(list(1, 2), linalg.cell(1), list(0, 0)),
};

const kinds: Attempts = {
  "an operand is missing": () => exp(square()),
  "an operand is null": () => exp(null, square()),
  "operands are numbers": () => exp(1, 2),
  "cells for matrices": () => exp(cell(), cell()),
  "indices for matrices": () => exp(list(1), list(1)),
  "matrices for indices": () => gather(square(), square(), square()),
  "matrices for indices that are counted": () => countEqual(square(), square(), cell()),
  "a matrix for a sum": () => countEqual(list(1), list(1), linalg.matrix(0, 0)),
  "a matrix for a sum of losses": () => addSum(square(), linalg.matrix(0, 0)),
  "a cell for losses": () => softmaxCrossEntropy(square(), list(0, 1, 2, 3), square(), cell()),
  "a matrix for α": () => axpy(square(), square(), square()),
  "a number for α": () => axpy(0.5, square(), square()),
  "a matrix for a power": () => advancePower(linalg.matrix(0, 0), 2),
  "a matrix for the position": () => takeIndices(list(1, 2), square(), list(0)),
  "results of argmax in a matrix": () => argmax(square(), square()),
  "the order of rows in a matrix": () => gatherRows(square(), square(), square()),
  "numbers for Adam's cells": () => adam(square(), square(), square(), square(), rates({ learningRate: 1 })),
  "indices for a factor of a product": () => gemm(list(1), square(), square()),
};

const handles: Attempts = {
  "a forged matrix at address 0": () => exp(forged({ pointer: 0 }), forged({ pointer: 0 })),
  "a forged matrix beyond the memory": () => exp(forged({ pointer: linalg.buffer.byteLength }), forged({})),
  "a forged matrix in a product": () => gemm(forged({ stride: 4 }), square(), square()),
  "forged indices": () => gather({ linalg, pointer: 0, length: 2, end: 8, data: [0, 0] }, list(0), list(0)),
  "a forged cell": () => addSum(square(), { linalg, pointer: 0, value: 0 }),
  "an object with Matrix's prototype": () => {
    const x = Object.assign(Object.create(source.Matrix.prototype), { linalg, rows: 1 });
    exp(x, x);
  },
  "an object with a matrix for its prototype": () => {
    const x = Object.create(square(), { rows: { value: 2 ** 20 }, size: { value: 2 ** 22 } });
    exp(x, x);
  },
  "a made matrix": () => made(source.Matrix, linalg, linalg.buffer.byteLength, 1, 1),
  "a matrix made with a symbol of one's own": () => made(source.Matrix, Symbol("@downhill/linalg"), linalg, 0, 1, 1),
  "a matrix of one's own class": () => {
    class Own extends (source.Matrix as unknown as Constructor) {}
    return new Own(linalg, 1024, 4, 4);
  },
  "made indices": () => made(source.Indices, linalg, 0, 1),
  "a made cell": () => made(source.Cell, linalg, 0),
};

const shared: Attempts = {
  "gemm: C is A": () => {
    const a = square();
    gemm(a, square(), a);
  },
  "gemm: C begins with B": () => {
    const b = linalg.matrix(4, 4);
    gemm(linalg.matrix(2, 4), b, b.firstRows(2));
  },
  "axpy: from the row before": () => {
    const x = square();
    axpy(cell(), x.block(0, 0, 3, 4), x.block(1, 0, 3, 4));
  },
  "tanh: into the row behind": () => {
    const x = square();
    tanh(x.block(0, 0, 3, 4), x.block(1, 0, 3, 4));
  },
  "softmax: into the row before": () => {
    const x = square();
    softmax(x.block(1, 0, 3, 4), x.block(0, 0, 3, 4));
  },
  "reluGradient: dx into the row behind dy": () => {
    const dy = square();
    reluGradient(linalg.matrix(3, 4), dy.block(0, 0, 3, 4), dy.block(1, 0, 3, 4));
  },
  "addRow: the row is in y": () => {
    const y = square();
    addRow(y.firstRows(1), y);
  },
  "sumRows: the row is in x": () => {
    const x = square();
    sumRows(x, x.firstRows(1));
  },
  "gatherRows: into its own rows": () => {
    const x = square();
    gatherRows(x, list(3, 2, 1, 0), x);
  },
  "gather: into its own order": () => {
    const order = list(1, 0);
    gather(list(7, 8), order, order);
  },
  "takeIndices: into the order": () => {
    const order = list(0, 1, 2, 3);
    takeIndices(order, linalg.cell(0), order.slice(1, 2));
  },
  "softmaxCrossEntropy: the gradient into the logits": () => {
    const logits = square();
    softmaxCrossEntropy(logits, list(0, 1, 2, 3), logits, column());
  },
  "softmaxCrossEntropy: the losses into the logits": () => {
    const logits = column();
    softmaxCrossEntropy(logits, list(0, 0, 0, 0), column(), logits);
  },
  "meanSquaredError: the gradient into the targets": () => {
    const targets = square();
    meanSquaredError(square(), targets, targets, column());
  },
  "meanSquaredError: the losses into the gradient": () => {
    const gradient = column();
    meanSquaredError(column(), column(), gradient, gradient);
  },
  "adam: one matrix for both moments": () => {
    const m = square();
    adam(square(), square(), m, m, rates());
  },
};

describe("refused with a RangeError", () => {
  describe.each(Object.entries({ sizes, values, kinds, handles, shared }))("%s", (_what, attempts) => {
    it.each(Object.entries(attempts))("%s", (_name, attempt) => {
      expect(attempt).toThrow(source.LinalgError);
    });
  });

  it.each([null, "2", Number.NaN, 0, -1, 1.5])("createLinalg: %s threads", async (threads) => {
    await expect(source.createLinalg({ threads: threads as number })).rejects.toThrow(RangeError);
  });

  it("operands of two memories, by name", async () => {
    const other = await source.createLinalg({ threads: 1 });
    expect(() => axpy(other.cell(1), square(), square())).toThrow(
      "axpy: alpha lives in another memory than x; make both from the same createLinalg()",
    );
  });

  it("a step that goes on after it has returned", () => {
    expect(() => linalg.capture(async () => undefined)).toThrow("capture: the step is asynchronous");
    // Not recorded any more.
    const x = linalg.matrix(1, 1, [0]);
    exp(x, x);
    expect(x.data[0]).toBe(1);
  });
});

describe("says what is wrong", () => {
  it.each<[string, () => unknown]>([
    ["exp: x is null; it must be a Matrix, made by linalg.matrix()", () => exp(null, square())],
    ["gatherRows: order is a Matrix; it must be Indices, made by linalg.indices()", () => gatherRows(square(), square(), square())],
    ["axpy: alpha is 0.5; it must be a Cell, made by linalg.cell()", () => axpy(0.5, square(), square())],
    ["exp: x is an object; it must be a Matrix, made by linalg.matrix()", () => exp(forged({}), square())],
    ["Matrix: only a Linalg makes them; call linalg.matrix(rows, columns)", () => made(source.Matrix, linalg, 0, 1, 1)],
    ["adam: m shares memory with v; give it memory of its own", shared["adam: one matrix for both moments"]],
    ['gemm: alpha is "x"; it must be a number', () => gemm(square(), square(), square(), { alpha: "x" })],
    ["indices: values[0] is 0.5; it must be a whole number that fits 32 bits", () => linalg.indices(1, [0.5])],
  ])("%s", (message, attempt) => {
    expect(attempt).toThrow(message);
  });
});

describe("out of reach", () => {
  it("a handle can't be changed", () => {
    for (const handle of [square(), list(1), cell()]) {
      for (const name of Object.keys(handle)) expect(() => Object.assign(handle, { [name]: 2 ** 20 })).toThrow(TypeError);
      expect(() => Object.setPrototypeOf(handle, null)).toThrow(TypeError);
    }
    const sparse = linalg.constant(4, 4, new Array(16).fill(0));
    expect(() => Object.assign(sparse.compressed as object, { pointer: 0 })).toThrow(TypeError);
  });

  it("what runs kernels unchecked is not to be found on a Linalg", () => {
    const names = [...Object.keys(linalg), ...Object.getOwnPropertyNames(source.Linalg.prototype)];
    const known = ["matrix", "constant", "indices", "cell", "reserve", "scope", "lasting", "capture", "close"];
    expect(new Set(names)).toEqual(new Set(["constructor", "buffer", "threads", "compute", "notice", ...known]));
    expect(Object.getOwnPropertySymbols(linalg)).toEqual([]);
  });
});

describe("random operands", () => {
  // Whatever a call gets, it does its work or throws a LinalgError, and no word changes but those of its operands.
  it.each(Object.entries(SIGNATURES))("%s", (name, signature) => {
    const counts = { done: 0, refused: 0 };
    for (let seed = 0; seed < 300; seed += 1) {
      using guarded = new Guarded(linalg);
      const operands = looseOperands(signature, new Draw(source, guarded, seed));
      guarded.seal();
      try {
        kernels[name](...operands);
        counts.done += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(source.LinalgError);
        counts.refused += 1;
      }
      const ours = operands.filter((x) => x instanceof source.Matrix || x instanceof source.Indices || x instanceof source.Cell);
      expect(guarded.firstBroken(ours)).toBeUndefined();
    }
    expect(Math.min(counts.done, counts.refused)).toBeGreaterThan(0);
  });
});

describe("not refused, since nothing is wrong with it", () => {
  it("results where an operand is", () => {
    const [x, dy] = [square(), square()];
    exp(x, x);
    reluGradient(x, dy, dy);
    axpy(cell(), x, x);
    expect(dy.data[0]).toBe(0.5);
  });

  it("the target as a prediction", () => {
    const predicted = square();
    meanSquaredError(predicted, predicted, square(), column());
  });

  it("what is empty, wherever it is", () => {
    const [x, order] = [square(), list(0, 1, 2, 3)];
    exp(x.block(4, 4, 0, 0), x.block(0, 4, 4, 0).firstRows(0));
    gather(list(1), order.slice(4, 0), order.slice(2, 0));
    gemm(x.block(2, 0, 0, 4), square(), x.firstRows(0));
    expect([...order.data]).toEqual([0, 1, 2, 3]);
  });

  it("parts of one matrix that lie apart", () => {
    const x = square();
    addRow(x.block(0, 0, 1, 4), x.block(1, 0, 3, 4));
    expect([...x.data.subarray(0, 5)]).toEqual([0.5, 0.5, 0.5, 0.5, 1]);
  });
});

describe("scopes", () => {
  it("one that is disposed of again gives nothing back", () => {
    const scope = linalg.scope();
    scope[Symbol.dispose]();
    const x = linalg.matrix(1, 1, [1]);
    scope[Symbol.dispose]();
    linalg.matrix(1, 1, [2]);
    expect(x.data[0]).toBe(1);
  });

  it("one that ends before an inner one gives nothing back until that has ended", () => {
    const outer = linalg.scope();
    const { pointer } = linalg.matrix(1, 1);
    const inner = linalg.scope();
    const x = linalg.matrix(1, 1, [1]);
    outer[Symbol.dispose]();
    const y = linalg.matrix(1, 1, [2]);
    expect([x.data[0], y.data[0]]).toEqual([1, 2]);
    inner[Symbol.dispose]();
    expect(linalg.matrix(1, 1).pointer).toBe(pointer);
    // Both have ended.
    const z = linalg.matrix(1, 1, [3]);
    inner[Symbol.dispose]();
    outer[Symbol.dispose]();
    linalg.matrix(1, 1, [4]);
    expect(z.data[0]).toBe(3);
  });

  it("what is lasting stays, in whatever order they end", () => {
    const [outer, inner] = [linalg.scope(), linalg.scope()];
    const x = linalg.lasting(() => linalg.matrix(1, 1, [1]));
    outer[Symbol.dispose]();
    inner[Symbol.dispose]();
    linalg.matrix(1, 1, [2]);
    expect(x.data[0]).toBe(1);
  });
});
