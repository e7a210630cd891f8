// Calls as JavaScript can make them, types or not: each is refused with a RangeError before any kernel runs, never a
// trap, a write outside, or a result that is silently wrong.
import { beforeEach, describe, expect, it } from "vitest";
import * as source from "../src/index.ts";
import type { Cell, Indices, Linalg } from "../src/index.ts";

type Loose = Record<string, (...operands: unknown[]) => unknown>;
// The package as JavaScript sees it.
const {
  adam,
  addRow,
  advancePower,
  argmax,
  axpy,
  countEqual,
  exp,
  gather,
  gatherRows,
  gemm,
  meanSquaredError,
  scal,
  softmaxCrossEntropy,
  sumRows,
} = source as unknown as Loose;

let linalg: Linalg;
let loose: Loose;
beforeEach(async () => {
  linalg = await source.createLinalg({ threads: 1 });
  loose = linalg as unknown as Loose;
});

const square = (): source.Matrix => linalg.matrix(4, 4, new Array(16).fill(0.5));
const list = (...values: number[]): Indices => linalg.indices(values.length, values);
const cell = (): Cell => linalg.cell(0.5);
const rates = (): object => ({ learningRate: cell(), power1: cell(), power2: cell(), beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
/** A handle made without the package. */
const forged = (over: object): unknown => ({ linalg, pointer: square().pointer, rows: 4, columns: 4, size: 16, ...over });

type Attempts = Readonly<Record<string, () => unknown>>;

const refused: Attempts = {
  "matrix: rows null": () => loose["matrix"](null, 1),
  "matrix: rows of text": () => loose["matrix"]("4", 1),
  "matrix: rows a bigint": () => loose["matrix"](1n, 1),
  "matrix: rows NaN": () => linalg.matrix(Number.NaN, 1),
  "matrix: rows −1": () => linalg.matrix(-1, 1),
  "matrix: columns 1.5": () => linalg.matrix(1, 1.5),
  "matrix: 2³² elements": () => linalg.matrix(2 ** 16, 2 ** 16),
  "matrix: more than numbers can say": () => linalg.matrix(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  "matrix: a number for values": () => loose["matrix"](1, 1, 3),
  "matrix: too few values": () => linalg.matrix(2, 2, [1]),
  "indices: length Infinity": () => linalg.indices(Infinity),
  "reserve: −1": () => linalg.reserve(-1),
  "reserve: 2³³": () => linalg.reserve(2 ** 33),
  "reserve: text": () => loose["reserve"]("1"),
  "firstRows: −1": () => square().firstRows(-1),
  "firstRows: 5 of 4": () => square().firstRows(5),
  "firstRows: NaN": () => square().firstRows(Number.NaN),
  "firstRows: text": () => (square() as unknown as Loose)["firstRows"]("2"),
  "slice: from −1": () => list(1, 2).slice(-1, 1),
  "slice: from ½": () => list(1, 2).slice(0.5, 1),
  "slice: from 2⁵³": () => list(1, 2).slice(2 ** 53, 1),
  "slice: beyond the end": () => list(1, 2).slice(1, 2),
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
    softmaxCrossEntropy(square(), targets, square(), cell());
  },
  "softmaxCrossEntropy: rows without classes": () => softmaxCrossEntropy(linalg.matrix(1, 0), list(0), linalg.matrix(1, 0), cell()),
  "argmax: rows without columns": () => argmax(linalg.matrix(2, 0), list(0, 0)),
  "argmax: results in a matrix": () => argmax(square(), square()),
  "axpy: a number for the cell": () => axpy(0.5, square(), square()),
  "gatherRows: the order in a matrix": () => gatherRows(square(), square(), square()),
  "gemm: C is A": () => {
    const a = square();
    gemm(a, square(), a);
  },
  "gemm: C begins with B": () => {
    const b = linalg.matrix(4, 4);
    gemm(linalg.matrix(2, 4), b, b.firstRows(2));
  },
  "meanSquaredError: other shapes": () => meanSquaredError(square(), linalg.matrix(4, 3), square(), cell()),
  "adam: numbers for the cells": () => adam(square(), square(), square(), square(), { learningRate: 1, power1: 1, power2: 1 }),
};

/** What is not refused as it should be: each of these is expected to fail until it is. */
const open: Attempts = {
  "matrix: rows a symbol": () => loose["matrix"](Symbol("rows"), 1),
  "matrix: more rows than an i32 counts": () => linalg.matrix(2 ** 31, 0),
  "matrix: values null": () => loose["matrix"](1, 1, null),
  "matrix: values of text": () => loose["matrix"](1, 2, "ab"),
  "matrix: values of bigints": () => loose["matrix"](1, 1, [1n]),
  "indices: a value of NaN": () => linalg.indices(1, [Number.NaN]),
  "indices: a value of 2³²": () => linalg.indices(1, [2 ** 32]),
  "cell: text": () => loose["cell"]("a"),
  "cell: a bigint": () => loose["cell"](1n),
  "an operand is missing": () => exp(square()),
  "an operand is null": () => exp(null, square()),
  "operands are numbers": () => exp(1, 2),
  "cells for matrices": () => exp(cell(), cell()),
  "indices for matrices": () => exp(list(1), list(1)),
  "matrices for indices": () => gather(square(), square(), square()),
  "matrices for indices that are counted": () => countEqual(square(), square(), cell()),
  "a matrix for a sum": () => countEqual(list(1), list(1), linalg.matrix(0, 0)),
  "a matrix for a sum of losses": () => softmaxCrossEntropy(square(), list(0, 1, 2, 3), square(), linalg.matrix(0, 0)),
  "a matrix for α": () => axpy(square(), square(), square()),
  "a matrix for a power": () => advancePower(linalg.matrix(0, 0), 2),
  "a forged matrix at address 0": () => exp(forged({ pointer: 0 }), forged({ pointer: 0 })),
  "a forged matrix beyond the memory": () => exp(forged({ pointer: linalg.buffer.byteLength }), forged({})),
  "a made matrix beyond the memory": () =>
    exp(new source.Matrix(linalg, linalg.buffer.byteLength, 1, 1), new source.Matrix(linalg, 0, 1, 1)),
  "a made matrix of −1 rows": () => exp(new source.Matrix(linalg, 1024, -1, 4), new source.Matrix(linalg, 1024, -1, 4)),
  "a matrix whose rows were changed": () => {
    const x = square();
    Object.assign(x, { rows: 2 ** 20 });
    exp(x, x);
  },
  "gemm: options null": () => gemm(square(), square(), square(), null),
  "gemm: α of text": () => gemm(square(), square(), square(), { alpha: "x" }),
  "gemm: β a bigint": () => gemm(square(), square(), square(), { beta: 1n }),
  "scal: α a cell": () => scal(cell(), square()),
  "advancePower: a factor of text": () => advancePower(cell(), "a"),
  "adam: rates null": () => adam(square(), square(), square(), square(), null),
  "adam: β₁ of text": () => adam(square(), square(), square(), square(), { ...rates(), beta1: "x" }),
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
  "softmaxCrossEntropy: the gradient into the logits": () => {
    const logits = square();
    softmaxCrossEntropy(logits, list(0, 1, 2, 3), logits, cell());
  },
};

describe("refused with a RangeError", () => {
  it.each(Object.entries(refused))("%s", (_name, attempt) => {
    expect(attempt).toThrow(RangeError);
  });
});

describe("not refused yet", () => {
  it.fails.each(Object.entries(open))("%s", (_name, attempt) => {
    expect(attempt).toThrow(RangeError);
  });
  it.fails("a scope that is disposed of again gives out memory that is in use", () => {
    const scope = linalg.scope();
    scope[Symbol.dispose]();
    const x = linalg.matrix(1, 1, [1]);
    scope[Symbol.dispose]();
    linalg.matrix(1, 1, [2]);
    expect(x.data[0]).toBe(1);
  });
});

it.each([null, "2", Number.NaN, 0, -1, 1.5])("createLinalg refuses %s threads", async (threads) => {
  await expect(source.createLinalg({ threads: threads as number })).rejects.toThrow(RangeError);
});
