const ENCODER = new TextEncoder();

/** Writes bytes one behind another, little-endian, into memory of its own that it uses again and again: pieces of memory of their own are long in being collected. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** How many bytes are written. */
  get length(): number {
    return this.#length;
  }

  /** What is written, until more is. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins afresh. */
  clear(): void {
    this.#length = 0;
  }

  /** Leaves a gap of `count` bytes behind the first `offset`, and moves what stands there. */
  gap(offset: number, count: number): void {
    this.#room(count);
    this.#bytes.copyWithin(offset + count, offset, this.#length);
    this.#length += count;
  }

  /** A u32 over what is written at `offset`. */
  setUint32(offset: number, value: number): void {
    this.#view.setUint32(offset, value, true);
  }

  uint32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  float32(value: number): void {
    this.#room(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** A whole number from 0 to 2⁵³ − 1, seven bits a byte, the lowest first; over what is written if `offset` is given. */
  varint(value: number, offset: number = this.#length): void {
    this.#room(8);
    let place = offset;
    let rest = value;
    // Division, since a number may have more than 32 bits.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[place++] = (rest % 0x80) | 0x80;
    this.#bytes[place++] = rest;
    this.#length = Math.max(this.#length, place);
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** `value` as UTF-8. */
  text(value: string): void {
    this.#room(3 * value.length);
    this.#length += ENCODER.encodeInto(value, this.#bytes.subarray(this.#length)).written;
  }

  #room(count: number): void {
    const wanted = this.#length + count;
    if (wanted <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(wanted, 2 * this.#bytes.length));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

/** How many bytes a varint takes. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
}
