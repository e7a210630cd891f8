// A window of rows that pass in a random order: a row that comes takes the place of one drawn from those held, which leaves. What is held at the
// end leaves in the order of a permutation, so that a buffer for all rows shuffles them as `permutation` does.
import { permutation, type RandomStream } from "@downhill/random";
import type { RowBuffer, Rows } from "./RowBuffer.ts";

/** Holds as many rows as the buffer that it is given. The order depends on the stream and on the number of rows alone. */
export class ShuffleBuffer {
  readonly #held: RowBuffer;
  readonly #stream: RandomStream;

  /** Works in `held`, whatever that held before. */
  constructor(held: RowBuffer, stream: RandomStream) {
    this.#held = held;
    held.size = 0;
    this.#stream = stream;
  }

  /** Takes a row in, and when the buffer is full passes another one on to `out`, which must have room. */
  push(from: Rows, row: number, out: RowBuffer): void {
    const held = this.#held;
    if (held.size < held.capacity) {
      held.push(from, row);
      return;
    }
    const place = this.#stream.integer(held.capacity);
    out.push(held, place);
    held.put(place, from, row);
  }

  /** The places of the rows that are still held, in the order in which they leave. */
  rest(): Uint32Array {
    return permutation(this.#held.size, this.#stream);
  }

  /** Passes the row at a place on to `out`. */
  pass(place: number, out: RowBuffer): void {
    out.push(this.#held, place);
  }
}
