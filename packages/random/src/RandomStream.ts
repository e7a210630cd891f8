// A stream is a key and a position: the n-th draw is a pure function of both, so a position is all there is to save.
import { threefry2x32, type Word64 } from "./threefry.ts";
import { PURPOSES, type Purpose } from "./purpose.ts";

const TWO_32 = 2 ** 32;

/** An endless sequence of random numbers that is fixed by its key. */
export class RandomStream {
  readonly #key: Word64;
  #position = 0;
  #block: Word64 = [0, 0];

  /** Starts the sequence of `key` at `position` (counted in 32-bit draws). */
  constructor(key: Word64, position = 0) {
    this.#key = key;
    this.position = position;
  }

  /** What fixes the sequence, two unsigned 32-bit words: draw n is half n mod 2 of the block that enciphers counter ⌊n / 2⌋. */
  get key(): Word64 {
    return this.#key;
  }

  /** The number of 32-bit draws made so far; set it to continue a saved stream. */
  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    this.#position = position;
    if (position % 2 === 1) this.#block = this.#blockAt(position - 1);
  }

  /** An independent stream, fixed by this stream's key and `index` alone, wherever this stream stands. */
  substream(index: number): RandomStream {
    // Draws use counters whose high half is below 2^21 (positions are exact to 2^53), so this half is theirs alone.
    return new RandomStream(threefry2x32(this.#key, [index >>> 0, 0xffff_ffff]));
  }

  /** The next unsigned 32-bit integer. */
  uint32(): number {
    const odd = this.#position % 2 === 1;
    if (!odd) this.#block = this.#blockAt(this.#position);
    this.#position += 1;
    return this.#block[odd ? 1 : 0];
  }

  /** The next uniform in the open interval (0, 1): (k + ½) / 2²³ with k of 23 bits, exact in f32. */
  uniform(): number {
    return ((this.uint32() >>> 9) + 0.5) / 2 ** 23;
  }

  /** The next integer in [0, bound), each equally likely; throws a RangeError unless 1 ≤ bound ≤ 2³². */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > TWO_32) {
      throw new RangeError(`integer: the bound is ${bound}; it must be a whole number from 1 to 2^32`);
    }
    // Draws at or above the largest multiple of bound would favour the small results: draw again.
    const limit = TWO_32 - (TWO_32 % bound);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % bound;
  }

  #blockAt(position: number): Word64 {
    const block = position / 2;
    return threefry2x32(this.#key, [block >>> 0, Math.floor(block / TWO_32)]);
  }
}

/** The stream of `purpose` under `seed`; throws a RangeError unless the seed is a whole number from 0 to 2⁵³ − 1. */
export function randomStream(seed: number, purpose: Purpose): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`randomStream: the seed is ${seed}; it must be a whole number from 0 to 2^53 - 1`);
  }
  return new RandomStream([seed >>> 0, Math.floor(seed / TWO_32)]).substream(PURPOSES[purpose]);
}
