// Numbers → the text of a CSV file, with what a reader of it must find: as the text grows, the f32 that each field means are
// summed up, from the numbers themselves.

/** What there is in a file: a reader that finds anything else has not read it. */
export interface CsvFacts {
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Fields: each ends with a comma or a line feed. */
  readonly fields: number;
  /** The sum of the bits of all f32, modulo 2^32. */
  readonly checksum: number;
}

const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
/** Powers of ten, all of them exact. */
const POWERS = Array.from({ length: 12 }, (_, exponent) => 10 ** exponent);

/** A sign, 11 digits, a dot and a comma are less. */
const MAX_FIELD_BYTES = 16;

/** CSV text that is written out piece by piece. */
export class TableText {
  #bytes = new Uint8Array(2 ** 16);
  #end = 0;
  #written = 0;
  #rows = 0;
  #fields = 0;
  #checksum = 0;
  readonly #value = new Float32Array(1);
  readonly #bits = new Int32Array(this.#value.buffer);

  /** What the text so far holds. */
  get facts(): CsvFacts {
    return {
      bytes: this.#written + this.#end,
      rows: this.#rows,
      columns: this.#rows === 0 ? 0 : this.#fields / this.#rows,
      fields: this.#fields,
      checksum: this.#checksum >>> 0,
    };
  }

  /** Bytes that were not taken yet. */
  get length(): number {
    return this.#end;
  }

  /** A field of `mantissa` / 10^`places`, with all its places: mantissa below 2^24 and at most 10 places, so that f32 division is exact. */
  field(mantissa: number, places = 0, negative = false): void {
    if (this.#bytes.length - this.#end < MAX_FIELD_BYTES) this.#grow();
    const bytes = this.#bytes;
    let end = this.#end;
    if (negative) {
      bytes[end] = MINUS;
      end += 1;
    }
    // At least one digit before the dot, from the last one to the first.
    let digits = places + 1;
    while (mantissa >= POWERS[digits]) digits += 1;
    const length = places > 0 ? digits + 1 : digits;
    let rest = mantissa;
    for (let place = length - 1; place >= 0; place -= 1) {
      if (places > 0 && place === length - 1 - places) {
        bytes[end + place] = DOT;
        continue;
      }
      bytes[end + place] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    bytes[end + length] = COMMA;
    this.#end = end + length + 1;
    const value = mantissa / POWERS[places];
    this.#value[0] = negative ? -value : value;
    this.#checksum = (this.#checksum + this.#bits[0]) | 0;
    this.#fields += 1;
  }

  /** Ends a row of at least one field. */
  endRow(): void {
    this.#bytes[this.#end - 1] = LINE_FEED;
    this.#rows += 1;
  }

  /** The bytes since the last call, which are the caller's until the next field. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#end);
    this.#written += this.#end;
    this.#end = 0;
    return taken;
  }

  #grow(): void {
    const grown = new Uint8Array(2 * this.#bytes.length);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
