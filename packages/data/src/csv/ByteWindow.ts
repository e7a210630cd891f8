// The bytes that have come and are not yet parsed. Whatever the chunks are, the parser sees one run of bytes that
// starts with a record, so no record, number or character is ever cut by a chunk's edge.

/** A growing run of bytes, [start, end) of `bytes`; bytes[end] is always 0, so that a scan needs no bounds check per byte. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(256 * 1024);
  start = 0;
  end = 0;

  /** The number of bytes not yet parsed. */
  get length(): number {
    return this.end - this.start;
  }

  /** Copies `chunk` to the end; moves what is left to the front of the memory, and doubles it when it is full. */
  append(chunk: Uint8Array): void {
    const { bytes, start, length } = this;
    const needed = length + chunk.length + 1;
    if (needed > bytes.length) {
      this.bytes = new Uint8Array(Math.max(needed, 2 * bytes.length));
      this.bytes.set(bytes.subarray(start, this.end));
    } else if (start > 0) {
      bytes.copyWithin(0, start, this.end);
    }
    this.start = 0;
    this.end = length + chunk.length;
    this.bytes.set(chunk, length);
    this.bytes[this.end] = 0;
  }
}
