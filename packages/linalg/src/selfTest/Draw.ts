// The numbers that a self-test computes with.
import type { Linalg } from "../Linalg.ts";
import type { Matrix } from "../Matrix.ts";

/** Draws numbers in [-1, 1) of 24 bits each, from a linear congruence; all its steps are exact. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** The next number. */
  next(): number {
    this.#state = (Math.imul(this.#state, 0x19660d) + 0x3c6ef35f) | 0;
    return (this.#state >> 8) / 0x80_0000;
  }

  /** `count` numbers of which about `share` are not zero. */
  values(count: number, share = 1): Float32Array {
    const values = new Float32Array(count);
    for (let index = 0; index < count; index += 1) values[index] = Math.abs(this.next()) < share ? this.next() : 0;
    return values;
  }

  /** `count` whole numbers in [0, bound). */
  integers(count: number, bound: number): number[] {
    return Array.from({ length: count }, () => Math.floor(((this.next() + 1) / 2) * bound));
  }

  /** A matrix of such numbers, none left out. */
  matrix(linalg: Linalg, rows: number, columns: number): Matrix {
    return linalg.matrix(rows, columns, this.values(rows * columns));
  }
}
