// Protobuf's wire format, as far as ONNX files need it: a message is a list of byte pieces that are put together once, at the end, so
// that weights are copied once however deep they lie. Fields are a key (number and wire type) before a varint, a float or bytes.
import { NnError } from "../../NnError.ts";

/** The largest message that protobuf's readers take. */
const MAXIMUM_BYTES = 2 ** 31 - 1;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A protobuf message that is being written; fields follow one another in the order of the calls. */
export class Message {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  /** A whole number from 0 to 2⁵³ − 1. */
  integer(field: number, value: number): this {
    return this.#add(varint(field * 8 + VARINT)).#add(varint(value));
  }

  /** An f32. */
  float(field: number, value: number): this {
    return this.#add(varint(field * 8 + FIXED32)).#add(floatBytes([value]));
  }

  /** Numbers of f32 side by side. */
  floats(field: number, values: readonly number[]): this {
    return this.bytes(field, floatBytes(values));
  }

  /** UTF-8. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** Bytes, which are not copied until {@link Message.encode}. */
  bytes(field: number, value: Uint8Array): this {
    return this.#head(field, value.length).#add(value);
  }

  /** A message within this one; what is written to it later is not in here. */
  message(field: number, value: Message): this {
    this.#head(field, value.#length);
    for (const piece of value.#pieces) this.#add(piece);
    return this;
  }

  /** The bytes of the whole. Throws an NnError if they are more than protobuf's 2 GB. */
  encode(): Uint8Array<ArrayBuffer> {
    if (this.#length > MAXIMUM_BYTES)
      throw new NnError(`onnx: the file would have ${this.#length} bytes; the format holds at most ${MAXIMUM_BYTES}`);
    const bytes = new Uint8Array(this.#length);
    let end = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, end);
      end += piece.length;
    }
    return bytes;
  }

  #head(field: number, length: number): this {
    return this.#add(varint(field * 8 + LENGTH_DELIMITED)).#add(varint(length));
  }

  #add(piece: Uint8Array): this {
    this.#pieces.push(piece);
    this.#length += piece.length;
    return this;
  }
}

// Seven bits a byte, the lowest first; all but the last have the high bit. By division: numbers may have more than 32 bits.
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** f32 in little-endian order, as protobuf and ONNX have them on every machine. */
export function floatBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index += 1) view.setFloat32(index * 4, values[index], true);
  return bytes;
}
