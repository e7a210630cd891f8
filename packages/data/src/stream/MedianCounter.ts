// The exact median of any number of f32 in two passes and 256 KiB a pass: the upper halves of their bits are counted first, and then the lower
// halves of those that share their upper one with a middle value. Bits are mapped so that they order as the values do.

const HALF = 2 ** 16;

/** Counts a sequence of f32, twice. */
export class MedianCounter {
  /** By the upper half of the bits. */
  readonly #upper = new Float64Array(HALF);
  /** By upper half, the counts of the lower half: one or two of them. */
  readonly #lower = new Map<number, Float64Array>();
  readonly #bits = new Uint32Array(1);
  readonly #value: Float32Array = new Float32Array(this.#bits.buffer);
  #count = 0;

  /** Counts a value that is not NaN, in the first pass. */
  add(value: number): void {
    this.#upper[this.#keyOf(value) >>> 16] += 1;
    this.#count += 1;
  }

  /** Counts a value again, in the second pass; only after all were counted once. */
  addAgain(value: number): void {
    if (this.#lower.size === 0) for (const rank of this.#middle()) this.#lower.set(place(this.#upper, rank).at, new Float64Array(HALF));
    const key = this.#keyOf(value);
    const counts = this.#lower.get(key >>> 16);
    if (counts !== undefined) counts[key & (HALF - 1)] += 1;
  }

  /** The median; of an even number of values the middle of the two in the middle. */
  result(): number {
    const [a, b] = this.#middle().map((rank) => {
      const { at: upper, left } = place(this.#upper, rank);
      const { at: lower } = place(this.#lower.get(upper) as Float64Array, left);
      const key = upper * HALF + lower;
      this.#bits[0] = key >= 2 ** 31 ? key - 2 ** 31 : ~key;
      return this.#value[0];
    });
    return (a + b) / 2;
  }

  // The ranks, from 0, of the two values in the middle, which may be the same.
  #middle(): [number, number] {
    return [Math.floor((this.#count - 1) / 2), Math.floor(this.#count / 2)];
  }

  #keyOf(value: number): number {
    this.#value[0] = value;
    const bits = this.#bits[0];
    return (bits >= 2 ** 31 ? ~bits : bits + 2 ** 31) >>> 0;
  }
}

// Where the value of a rank is counted, and its rank among those counted there.
function place(counts: Float64Array, rank: number): { readonly at: number; readonly left: number } {
  let left = rank;
  for (let at = 0; at < counts.length; at += 1) {
    if (left < counts[at]) return { at, left };
    left -= counts[at];
  }
  return { at: counts.length - 1, left: 0 };
}
