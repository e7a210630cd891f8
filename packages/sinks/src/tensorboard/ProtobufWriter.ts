// The little of protobuf's wire format that event files need; fields are written in the order of the calls.
import { ByteWriter, varintLength } from "./ByteWriter.ts";

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/** Writes messages, field by field. */
export class ProtobufWriter extends ByteWriter {
  /** An int64, a uint64 or an enum: `value` is a whole number of at least 0. */
  integer(field: number, value: number): this {
    this.varint(field * 8 + VARINT);
    this.varint(value);
    return this;
  }

  double(field: number, value: number): this {
    this.varint(field * 8 + FIXED64);
    this.float64(value);
    return this;
  }

  float(field: number, value: number): this {
    this.varint(field * 8 + FIXED32);
    this.float32(value);
    return this;
  }

  string(field: number, value: string): this {
    return this.message(field, () => this.text(value));
  }

  blob(field: number, value: Uint8Array): this {
    return this.message(field, () => this.bytes(value));
  }

  /** A message inside of the one at hand: what `write` writes. */
  message(field: number, write: () => void): this {
    this.varint(field * 8 + DELIMITED);
    const start = this.length;
    // Its length stands before it and is known behind it. Most are short.
    this.varint(0);
    write();
    const length = this.length - start - 1;
    this.gap(start, varintLength(length) - 1);
    this.varint(length, start);
    return this;
  }
}
