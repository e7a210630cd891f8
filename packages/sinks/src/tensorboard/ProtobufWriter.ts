// The little of protobuf's wire format that event files need: fields are written in the order of the calls, and messages
// inside messages as bytes that were written before.
const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/** Writes one message, field by field. */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  /** An int64, a uint64 or an enum: `value` is a whole number of at least 0. */
  integer(field: number, value: number): this {
    return this.#add(field, VARINT, varint(value));
  }

  /** A double, little-endian. */
  double(field: number, value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return this.#add(field, FIXED64, bytes);
  }

  /** A float, little-endian. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#add(field, FIXED32, bytes);
  }

  /** A string, as UTF-8. */
  string(field: number, value: string): this {
    return this.bytes(field, utf8(value));
  }

  /** Bytes, or a message that another writer has finished. */
  bytes(field: number, value: Uint8Array): this {
    return this.#add(field, DELIMITED, varint(value.length), value);
  }

  /** The message as it stands. */
  finish(): Uint8Array {
    return joined(this.#parts);
  }

  #add(field: number, wireType: number, ...parts: Uint8Array[]): this {
    this.#parts.push(varint(field * 8 + wireType), ...parts);
    return this;
  }
}

// The tags of scalars come with every event and are short and plain: their bytes fit into the heap, and are soon collected.
function utf8(text: string): Uint8Array {
  if (!/^[\x20-\x7e]{0,64}$/.test(text)) return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** `parts` as one array. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = room(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

// Memory for messages, which are short: many have one piece of it together, since a piece for each is long in being collected.
const PIECE = 65_536;
let piece = new Uint8Array(PIECE);
let taken = 0;

function room(length: number): Uint8Array {
  if (length > PIECE / 16) return new Uint8Array(length);
  if (taken + length > PIECE) [piece, taken] = [new Uint8Array(PIECE), 0];
  taken += length;
  return piece.subarray(taken - length, taken);
}

// Seven bits a byte, the lowest first; division, since a number may have more than 32 bits.
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
