// Random shapes, values and operands for one call, drawn from its seed.
import type * as source from "../../src/index.ts";
import type { Cell, Indices, Matrix } from "../../src/index.ts";
import { randomValues } from "../randomValues.ts";
import type { Guarded } from "./Guarded.ts";

/** The package, from source or as built. */
export type Package = typeof source;

/** A call that is ready to be made. */
export interface Call {
  run(): void;
  /** What it may write. */
  readonly outputs: readonly Output[];
}

/** What a call may write. */
export interface Output {
  readonly to: Matrix | Indices | Cell;
  /** What should be in it then; undefined where there is no reference. */
  readonly expected: number[][] | undefined;
  /** The size of what is added up, where that may cancel; errors are relative to the largest result or to this. */
  readonly terms?: number;
}

/** Zero, one, and the lanes, tiles and panels of the kernels with their neighbours. */
export const SIZES: readonly number[] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 47, 48, 49];
/** Sums are cut at a depth of 320 or less, into parts that are as equal as can be. */
export const DEPTHS: readonly number[] = [...SIZES, 255, 256, 319, 320, 321, 350];
/** One call in so many is large enough to be divided among threads, whatever the kernel. */
export const RARELY = 40;

/** Random choices and operands for one call. */
export class Draw {
  readonly package: Package;
  readonly guarded: Guarded;
  /** In (−1, 1). */
  readonly value: () => number;

  constructor(from: Package, guarded: Guarded, seed: number) {
    this.package = from;
    this.guarded = guarded;
    this.value = randomValues(seed);
    // The generator's first values are alike for seeds that are.
    for (let skipped = 0; skipped < 8; skipped += 1) this.value();
  }

  /** In [0, bound). */
  integer(bound: number): number {
    return Math.floor(((this.value() + 1) / 2) * bound);
  }

  /** One of `items`. */
  one<Item>(items: readonly Item[]): Item {
    return items[this.integer(items.length)];
  }

  /** Mostly small, at the edges of the kernels. */
  shape(): [rows: number, columns: number] {
    return this.integer(RARELY) === 0 ? [120 + this.integer(80), 140 + this.integer(60)] : [this.one(SIZES), this.one(SIZES)];
  }

  /** A matrix of values, of which about a share of `zeros` are 0. */
  matrix(rows: number, columns: number, zeros = 0): Matrix {
    return this.filled(rows, columns, () => this.#sometimes(zeros));
  }

  /** A matrix filled by `next`, sometimes with spare rows behind it. */
  filled(rows: number, columns: number, next: () => number): Matrix {
    return this.guarded.matrix(rows, columns, next, this.one([0, 0, 1, 3]));
  }

  /** Such a matrix, or a block of a wider one, as gemm takes it. */
  block(rows: number, columns: number, zeros = 0): Matrix {
    if (this.integer(3) > 0) return this.matrix(rows, columns, zeros);
    return this.guarded.block(rows, columns, () => this.#sometimes(zeros), 1 + this.integer(3));
  }

  /** Such a matrix that never changes. */
  constant(rows: number, columns: number, zeros: number): Matrix {
    return this.guarded.constant(rows, columns, () => this.#sometimes(zeros));
  }

  /** Indices below `bound`, sometimes from the middle of a longer list. */
  indices(length: number, bound: number): Indices {
    return this.guarded.indices(length, () => this.integer(bound), this.one([0, 0, 1, 3]));
  }

  /** A matrix of the shape of `x` for results, or `x` itself. */
  target(x: Matrix): Matrix {
    return this.integer(2) === 0 ? x : this.filled(x.rows, x.columns, () => Number.NaN);
  }

  #sometimes(zeros: number): number {
    return Math.abs(this.value()) < zeros ? 0 : this.value();
  }
}

/** How a kernel's random calls are made. */
export type Calls = Readonly<Record<string, (draw: Draw) => Call>>;
