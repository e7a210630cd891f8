// IDX, the format of MNIST's files: two zero bytes, the type, the rank, the sizes as big-endian u32, then the values,
// big-endian and row-major. Gzip is decompressed on the way.
import { sourceName, type ByteOptions, type ByteSource } from "../bytes/ByteSource.ts";
import { openBytes } from "../bytes/openBytes.ts";
import { DataError } from "../DataError.ts";

// The sizes are only believed as far as bytes have come: memory starts here and at most doubles.
const FIRST_BYTES = 1024 * 1024;

interface IdxType {
  readonly bytes: number;
  readonly decode: (view: DataView, count: number) => IdxValues;
}

/** The values of an IDX file, in the type that the file names. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An IDX file: `values` is [sizes[0] × sizes[1] × …], row-major. */
export interface IdxFile {
  readonly sizes: readonly number[];
  readonly values: IdxValues;
}

const TYPES: ReadonlyMap<number, IdxType> = new Map<number, IdxType>([
  [0x08, { bytes: 1, decode: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count) }],
  [0x09, { bytes: 1, decode: (view, count) => new Int8Array(view.buffer, view.byteOffset, count) }],
  [0x0b, { bytes: 2, decode: (view, count) => Int16Array.from({ length: count }, (_, index) => view.getInt16(2 * index)) }],
  [0x0c, { bytes: 4, decode: (view, count) => Int32Array.from({ length: count }, (_, index) => view.getInt32(4 * index)) }],
  [0x0d, { bytes: 4, decode: (view, count) => Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index)) }],
  [0x0e, { bytes: 8, decode: (view, count) => Float64Array.from({ length: count }, (_, index) => view.getFloat64(8 * index)) }],
]);

/** Reads a whole IDX file; throws a DataError when it is no IDX file, is truncated, or holds more than its header says. */
export async function readIdx(source: ByteSource, options: ByteOptions = {}): Promise<IdxFile> {
  const file = sourceName(source, options.name);
  const content = new Content(file);
  for await (const chunk of openBytes(source, options)) content.append(chunk);
  return content.finish();
}

// A file is held whole in memory.
const MAX_FILE_BYTES = 2 ** 32;

interface Header {
  readonly type: IdxType;
  readonly sizes: readonly number[];
  readonly count: number;
  readonly start: number;
  /** The whole file's length, in bytes. */
  readonly length: number;
}

class Content {
  readonly #file: string;
  #header: Header | undefined;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BYTES);
  #length = 0;

  constructor(file: string) {
    this.#file = file;
  }

  append(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
    this.#header ??= readHeader(this.#file, this.#bytes.subarray(0, length));
    // At once, not at the end: a small gzip file can hold terabytes.
    if (this.#header && length > this.#header.length) {
      const what = `holds more than the ${this.#header.length} bytes that its header announces (${shape(this.#header)}); it is corrupt`;
      throw new DataError(what, { file: this.#file });
    }
  }

  finish(): IdxFile {
    const header = this.#header;
    if (!header) throw new DataError(`is no IDX file: its ${this.#length} bytes do not hold a whole header`, { file: this.#file });
    if (this.#length < header.length) {
      const what = `is truncated: ${this.#length} bytes of the ${header.length} that its header announces (${shape(header)}); fetch it again`;
      throw new DataError(what, { file: this.#file });
    }
    const view = new DataView(this.#bytes.buffer, header.start, header.length - header.start);
    return { sizes: header.sizes, values: header.type.decode(view, header.count) };
  }
}

// Undefined until all of the header has come.
function readHeader(file: string, bytes: Uint8Array): Header | undefined {
  if (bytes.length < 4) return undefined;
  const [zero, alsoZero, code, rank] = bytes;
  const type = TYPES.get(code);
  if (zero !== 0 || alsoZero !== 0 || !type || rank === 0) {
    const found = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const what = `is no IDX file: it starts with the bytes ${found}, expected 00 00, a type (08 to 0e) and the number of dimensions`;
    throw new DataError(what, { file });
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const sizes = Array.from({ length: rank }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const count = sizes.reduce((product, size) => product * size, 1);
  const length = start + count * type.bytes;
  if (length > MAX_FILE_BYTES) {
    const what = `announces ${length} bytes (${sizes.join(" × ")}), more than the 4 GiB that can be read; is the header corrupt?`;
    throw new DataError(what, { file });
  }
  return { type, sizes, count, start, length };
}

function shape({ sizes }: Header): string {
  return sizes.join(" × ");
}
