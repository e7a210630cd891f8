// One random call on the operands of a world: any kernel, any operands that it may be given. What a kernel writes is apart
// from what it reads, or, where it works in place, the same; all other views of the same memory are fair.
import type * as source from "../../src/index.ts";
import type { Indices, Matrix } from "../../src/index.ts";
import { randomValues } from "../randomValues.ts";
import { CLASSES, endOf, SAMPLES, type World } from "./World.ts";

/** The package, from source or as built. */
export type Package = typeof source;

/** A call that is ready to be made. */
export interface WorldCall {
  /** As a reader would write it. */
  readonly text: string;
  run(): void;
  /** The rows that it gathers from the constant. */
  readonly gathers?: Matrix;
  /** What it reads, if it is no product. */
  readonly reads: readonly Matrix[];
}

type Kind = (draw: CallDraw) => WorldCall | undefined;

/**
 * Makes the random call number `seed` ready: the same one in every world. Calls with the same theme, a number too, mostly work
 * on matrices of the same shapes, so that they meet.
 */
export function randomCall(from: Package, world: World, seed: number, theme: number): WorldCall {
  const draw = new CallDraw(from, world, seed, theme);
  for (;;) {
    const call = draw.one(KINDS)(draw);
    if (call !== undefined) return call;
  }
}

/** Random choices among a world's operands. */
class CallDraw {
  readonly package: Package;
  readonly world: World;
  readonly #value: () => number;
  /** Matrices that are preferred. */
  readonly #theme: readonly Matrix[];

  constructor(from: Package, world: World, seed: number, theme: number) {
    this.package = from;
    this.world = world;
    this.#value = uniform(seed);
    const all = Object.values(world.matrices);
    const place = uniform(theme);
    const model = all[Math.floor(place() * all.length)];
    this.#theme = all.filter((matrix) => sameShape(matrix, model));
  }

  /** One of `items`. */
  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#value() * items.length)];
  }

  /** One of the matrices that `fits` accepts, of the theme if there are; undefined if there is none. */
  matrix(fits: (matrix: Matrix) => boolean): Matrix | undefined {
    const preferred = this.#value() < 0.7 ? this.#theme.filter(fits) : [];
    return this.one(preferred.length > 0 ? preferred : Object.values(this.world.matrices).filter(fits));
  }

  /** A matrix whose rows lie together. */
  whole(fits: (matrix: Matrix) => boolean = () => true): Matrix {
    return this.matrix((matrix) => matrix.contiguous && fits(matrix)) as Matrix;
  }

  /** A matrix of x's shape, apart from every one of `others`, or x itself. */
  target(x: Matrix, ...others: Matrix[]): Matrix {
    return this.whole((y) => y === x || (sameShape(x, y) && [x, ...others].every((other) => apart(y, other))));
  }

  name(operand: Matrix | Indices): string {
    const { constant, matrices, rows, classes, order } = this.world;
    const named: Record<string, unknown> = { constant, ...matrices, ...rows, ...classes, order };
    return Object.keys(named).find((name) => named[name] === operand) ?? "?";
  }

  /** A call of a kernel that is no product. */
  call(kernel: string, operands: readonly (Matrix | Indices)[], reads: readonly Matrix[], run: () => void): WorldCall {
    return { text: `${kernel}(${operands.map((operand) => this.name(operand)).join(", ")})`, reads, run };
  }
}

/** Numbers in [0, 1). */
function uniform(seed: number): () => number {
  const next = randomValues(seed);
  // The generator's first values are alike for seeds that are.
  for (let skipped = 0; skipped < 8; skipped += 1) next();
  return () => (next() + 1) / 2;
}

function apart(x: Matrix | Indices, y: Matrix | Indices): boolean {
  return x.pointer >= endOf(y) || y.pointer >= endOf(x);
}

function sameShape(x: Matrix, y: Matrix): boolean {
  return x.rows === y.rows && x.columns === y.columns;
}

const gemm: Kind = (draw) => {
  const { matrices, constant } = draw.world;
  const c = draw.matrix(() => true) as Matrix;
  const [transposeA, transposeB] = [draw.one([false, true]), draw.one([false, true])];
  const factors = [...Object.values(matrices).filter((matrix) => apart(matrix, c)), constant, constant];
  const a = draw.one(factors.filter((matrix) => (transposeA ? matrix.columns : matrix.rows) === c.rows));
  if (a === undefined) return undefined;
  const k = transposeA ? a.rows : a.columns;
  const b = draw.one(
    factors.filter(({ rows, columns }) => (transposeB ? columns === k && rows === c.columns : rows === k && columns === c.columns)),
  );
  if (b === undefined) return undefined;
  // Small factors keep the numbers of many steps finite.
  const options = { transposeA, transposeB, alpha: draw.one([1, 0.125, 0.125, -0.0625]), beta: draw.one([0, 0, 1, 0.5]) };
  return {
    text: `gemm(${draw.name(a)}, ${draw.name(b)}, ${draw.name(c)}, ${JSON.stringify(options)})`,
    reads: [],
    run: () => draw.package.gemm(a, b, c, options),
  };
};

const elementwise =
  (name: "relu" | "tanh" | "sigmoid" | "gelu"): Kind =>
  (draw) => {
    const x = draw.whole();
    const y = draw.target(x);
    return draw.call(name, [x, y], [x], () => draw.package[name](x, y));
  };

const gradient =
  (name: "reluGradient" | "tanhGradient" | "sigmoidGradient" | "geluGradient"): Kind =>
  (draw) => {
    const y = draw.whole();
    const dy = draw.whole((matrix) => sameShape(matrix, y));
    const dx = draw.target(dy, y);
    if (!apart(dx, y)) return undefined;
    return draw.call(name, [y, dy, dx], [y, dy], () => draw.package[name](y, dy, dx));
  };

const axpy: Kind = (draw) => {
  const x = draw.whole();
  const y = draw.target(x);
  const alpha = draw.one(draw.world.powers);
  return draw.call("axpy", [x, y], [x, y], () => draw.package.axpy(alpha, x, y));
};

const addRow: Kind = (draw) => {
  const y = draw.whole();
  const row = draw.matrix((matrix) => matrix.rows === 1 && matrix.columns === y.columns && apart(matrix, y));
  return row && draw.call("addRow", [row, y], [row, y], () => draw.package.addRow(row, y));
};

const sumRows: Kind = (draw) => {
  const x = draw.whole();
  const row = draw.matrix((matrix) => matrix.rows === 1 && matrix.columns === x.columns && apart(matrix, x));
  return row && draw.call("sumRows", [x, row], [x], () => draw.package.sumRows(x, row));
};

const loss =
  (name: "softmaxCrossEntropy" | "meanSquaredError" | "meanAbsoluteError"): Kind =>
  (draw) => {
    const { package: from, world } = draw;
    const output = draw.whole(({ rows, columns }) => (rows === SAMPLES || rows === 40) && columns <= SAMPLES);
    const losses = output.rows === SAMPLES ? world.matrices["losses"] : world.matrices["unitLosses"];
    const result = draw.matrix(
      (matrix) => matrix.contiguous && sameShape(matrix, output) && apart(matrix, output) && apart(matrix, losses),
    );
    if (result === undefined || !apart(output, losses)) return undefined;
    if (name !== "softmaxCrossEntropy") {
      const targets = draw.matrix(
        (matrix) => matrix.contiguous && sameShape(matrix, output) && apart(matrix, result) && apart(matrix, losses),
      );
      if (targets === undefined) return undefined;
      return draw.call(name, [output, targets, result, losses], [output, targets], () => from[name](output, targets, result, losses));
    }
    const lists = Object.values({ ...world.classes, ...(output.columns >= SAMPLES ? world.rows : {}) });
    if (output.columns < CLASSES) return undefined;
    const targets = draw.one(lists.filter(({ length }) => length === output.rows));
    return draw.call(name, [output, targets, result, losses], [output], () => from[name](output, targets, result, losses));
  };

const argmax: Kind = (draw) => {
  const { classes, rows } = draw.world;
  const x = draw.whole(({ columns }) => columns <= SAMPLES);
  const lists = Object.values(x.columns <= CLASSES ? { ...classes, ...rows } : rows);
  const best = draw.one(lists.filter(({ length }) => length === x.rows));
  return best && draw.call("argmax", [x, best], [x], () => draw.package.argmax(x, best));
};

const countEqual: Kind = (draw) => {
  const lists = Object.values({ ...draw.world.rows, ...draw.world.classes });
  const x = draw.one(lists);
  const y = draw.one(lists.filter(({ length }) => length === x.length));
  const sum = draw.one(draw.world.sums);
  return draw.call("countEqual", [x, y], [], () => draw.package.countEqual(x, y, sum));
};

const gather: Kind = (draw) => {
  const { rows, classes, order } = draw.world;
  const lists = draw.one([rows, classes]);
  const by = draw.one(Object.values(rows));
  const x = draw.one([...Object.values(lists), ...(lists === rows ? [order] : [])].filter(({ length }) => length >= SAMPLES));
  const y = draw.one(Object.values(lists).filter((list) => list.length === by.length && list !== by && list !== x));
  return y && draw.call("gather", [x, by, y], [], () => draw.package.gather(x, by, y));
};

const gatherRows: Kind = (draw) => {
  const { rows, constant } = draw.world;
  const by = draw.one(Object.values(rows));
  const x = draw.one([constant, constant, draw.whole((matrix) => matrix.rows === SAMPLES)]);
  const y = draw.matrix((m) => m.contiguous && m.rows === by.length && m.columns === x.columns && apart(m, x));
  if (y === undefined) return undefined;
  const call = draw.call("gatherRows", [x, by, y], [x], () => draw.package.gatherRows(x, by, y));
  return x === constant ? { ...call, gathers: y } : call;
};

const takeIndices: Kind = (draw) => {
  const { rows, order, position } = draw.world;
  const list = draw.one(Object.values(rows));
  return draw.call("takeIndices", [order, list], [], () => draw.package.takeIndices(order, position, list));
};

const adam: Kind = (draw) => {
  const { world } = draw;
  const { m, v } = draw.one(world.moments);
  const value = draw.whole((matrix) => sameShape(matrix, m));
  const slope = draw.matrix((matrix) => matrix.contiguous && sameShape(matrix, m) && apart(matrix, value));
  const [power1, power2] = world.powers;
  const rates = { learningRate: power2, power1, power2, beta1: 0.9, beta2: 0.75, epsilon: 1e-3 };
  return slope && draw.call("adam", [value, slope], [value, slope], () => draw.package.adam(value, slope, m, v, rates));
};

const KINDS: readonly Kind[] = [
  // Products are most of a step, and what can be done within them.
  gemm,
  gemm,
  gemm,
  gemm,
  gemm,
  gemm,
  elementwise("relu"),
  elementwise("tanh"),
  gradient("reluGradient"),
  gradient("tanhGradient"),
  elementwise("sigmoid"),
  elementwise("gelu"),
  gradient("sigmoidGradient"),
  gradient("geluGradient"),
  (draw) => {
    const x = draw.whole();
    const y = draw.target(x);
    return draw.call("leakyRelu", [x, y], [x], () => draw.package.leakyRelu(x, y, 0.25));
  },
  (draw) => {
    const y = draw.whole();
    const dy = draw.whole((matrix) => sameShape(matrix, y));
    const dx = draw.target(dy, y);
    if (!apart(dx, y)) return undefined;
    return draw.call("leakyReluGradient", [y, dy, dx], [y, dy], () => draw.package.leakyReluGradient(y, dy, dx, 0.25));
  },
  (draw) => {
    const { moments, powers } = draw.world;
    const { m } = draw.one(moments);
    const value = draw.whole((matrix) => sameShape(matrix, m));
    const slope = draw.matrix((matrix) => matrix.contiguous && sameShape(matrix, m) && apart(matrix, value));
    const rates = { learningRate: powers[0], scale: powers[1], momentum: 0.5, nesterov: true, clip: 2, decay: 0.125 };
    return slope && draw.call("sgd", [value, slope], [value, slope], () => draw.package.sgd(value, slope, m, rates));
  },
  (draw) => {
    const { matrices, powers } = draw.world;
    const x = draw.whole();
    const norms = matrices["losses"].firstRows(Math.ceil((x.rows * x.columns) / 1024));
    if (!apart(x, norms)) return undefined;
    return draw.call("blockNorms, clipScale", [x, matrices["losses"]], [x], () => {
      draw.package.blockNorms(x, norms);
      draw.package.clipScale(norms, 0.5, powers[0]);
    });
  },
  axpy,
  addRow,
  addRow,
  sumRows,
  loss("softmaxCrossEntropy"),
  loss("meanSquaredError"),
  loss("meanAbsoluteError"),
  argmax,
  countEqual,
  gather,
  gatherRows,
  gatherRows,
  takeIndices,
  adam,
  (draw) => {
    const x = draw.whole();
    return draw.call("scal", [x], [x], () => draw.package.scal(0.5, x));
  },
  (draw) => {
    const x = draw.whole();
    const y = draw.target(x);
    return draw.call("softmax", [x, y], [x], () => draw.package.softmax(x, y));
  },
  (draw) => {
    const x = draw.whole(({ columns }) => columns === 1);
    const sum = draw.one(draw.world.sums);
    return draw.call("addSum", [x], [x], () => draw.package.addSum(x, sum));
  },
  (draw) => {
    const power = draw.one(draw.world.powers);
    return draw.call("advancePower", [], [], () => draw.package.advancePower(power, 0.75));
  },
];
