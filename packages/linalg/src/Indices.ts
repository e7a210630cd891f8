import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";
import { checkMaker, MAKER } from "./maker.ts";
import { isWithin, shown } from "./values.ts";
import type { Pointer } from "./wasm.ts";

/** A handle on a list of i32 row or class indices in linalg's memory; it owns nothing. Made by `linalg.indices(length)`. */
export class Indices {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  /** The address behind the last index. */
  readonly end: Pointer;
  readonly length: number;
  /** Shared memory stays where it is when it grows. */
  readonly #data: Int32Array<SharedArrayBuffer>;

  /** For the package alone: throws a LinalgError otherwise. */
  constructor(maker: typeof MAKER, linalg: Linalg, pointer: Pointer, length: number) {
    checkMaker(maker, "Indices", "linalg.indices(length)");
    this.linalg = linalg;
    this.pointer = pointer;
    this.end = pointer + length * 4;
    this.length = length;
    this.#data = new Int32Array(linalg.buffer, pointer, length);
    Object.freeze(this);
  }

  /** `value instanceof Indices`: whether the package made it. */
  static [Symbol.hasInstance](value: unknown): value is Indices {
    return typeof value === "object" && value !== null && #data in value;
  }

  /** A live view of the indices: its memory may be given out again after the scope it was made in. */
  get data(): Int32Array<SharedArrayBuffer> {
    return this.#data;
  }

  /** The indices from `start` on, `count` of them, in the same memory. Throws a LinalgError beyond the end. */
  slice(start: number, count: number): Indices {
    if (start === 0 && count === this.length) return this;
    if (!isWithin(start, count, this.length)) {
      throw new LinalgError(`slice: ${shown(count)} indices from ${shown(start)} asked for; there are ${this.length}`);
    }
    return new Indices(MAKER, this.linalg, this.pointer + start * 4, count);
  }
}
