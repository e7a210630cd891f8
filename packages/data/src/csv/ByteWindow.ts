// The bytes that have come and are not yet parsed. Whatever the chunks are, the parser sees one run of bytes that
// starts with a record, so no record, number or character is ever cut by a chunk's edge.

/** Memory for a window: gives `size` bytes, of which the first ones are those that it gave before. */
export type Enlarge = (size: number) => Uint8Array;

// Enough for a small file; the first slice of a large one makes it larger.
const INITIAL_BYTES = 4 * 1024;

/** A growing run of bytes, [start, end) of `bytes`; bytes[end] is always 0, so that a scan needs no bounds check per byte. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(INITIAL_BYTES);
  start = 0;
  end = 0;
  #enlarge: Enlarge = (size) => {
    const larger = new Uint8Array(size);
    larger.set(this.bytes);
    return larger;
  };

  /** The number of bytes not yet parsed. */
  get length(): number {
    return this.end - this.start;
  }

  /** Copies `chunk` to the end; moves what is left to the front of the memory, and doubles it when it is full. */
  append(chunk: Uint8Array): void {
    const { start, end, length } = this;
    const needed = length + chunk.length + 1;
    if (needed > this.bytes.length) this.bytes = this.#enlarge(Math.max(needed, 2 * this.bytes.length));
    if (start > 0) this.bytes.copyWithin(0, start, end);
    this.start = 0;
    this.end = length + chunk.length;
    this.bytes.set(chunk, length);
    this.bytes[this.end] = 0;
  }

  /** Goes on in other memory. */
  move(enlarge: Enlarge): void {
    const held = this.bytes;
    this.bytes = enlarge(held.length);
    this.bytes.set(held);
    this.#enlarge = enlarge;
  }
}
