// Many results in one number, by their bits. NaNs must stay out: engines choose their payloads.
import type { Cell } from "../Cell.ts";
import type { Indices } from "../Indices.ts";
import type { Matrix } from "../Matrix.ts";

/** Two running hashes of 32 bits; each step is a bijection of the word, so that no single change is lost. */
export class Fold {
  #first = 1;
  #second = 2;

  /** Takes the bits of all elements in. */
  matrix(...matrices: Matrix[]): void {
    for (const { data } of matrices) this.#words(new Uint32Array(data.buffer, data.byteOffset, data.length));
  }

  /** Takes the indices in. */
  indices(...lists: Indices[]): void {
    for (const { data } of lists) this.#words(data);
  }

  /** Takes the bits of the number in. */
  cell({ value }: Cell): void {
    this.#words(new Uint32Array(Float64Array.of(value).buffer));
  }

  /** Both hashes, 16 hexadecimal digits. */
  digits(): string {
    return [this.#first, this.#second].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #words(words: Uint32Array | Int32Array): void {
    let [first, second] = [this.#first, this.#second];
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index] | 0;
      first = Math.imul(first ^ word, 0x2545f491);
      first ^= first >>> 15;
      second = (Math.imul(((second << 13) | (second >>> 19)) ^ word, 0x5bd1e995) - 0x61c88647) | 0;
    }
    this.#first = first;
    this.#second = second;
  }
}
