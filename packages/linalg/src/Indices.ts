import type { Pointer } from "./wasm.ts";
import type { Linalg } from "./Linalg.ts";
import { LinalgError } from "./LinalgError.ts";

/** A handle on a list of i32 row or class indices in linalg's memory; it owns nothing. */
export class Indices {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  readonly length: number;

  /** Made by `linalg.indices(length)`. */
  constructor(linalg: Linalg, pointer: Pointer, length: number) {
    this.linalg = linalg;
    this.pointer = pointer;
    this.length = length;
  }

  /** A live view of the indices: its memory may be given out again after the scope it was made in. */
  get data(): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.linalg.buffer, this.pointer, this.length);
  }

  /** The indices from `start` on, `count` of them, in the same memory. Throws a LinalgError beyond the end. */
  slice(start: number, count: number): Indices {
    if (start === 0 && count === this.length) return this;
    if (!Number.isInteger(start) || !Number.isInteger(count) || start < 0 || count < 0 || start + count > this.length) {
      throw new LinalgError(`slice: ${count} indices from ${start} asked for; there are ${this.length}`);
    }
    return new Indices(this.linalg, this.pointer + start * 4, count);
  }
}
