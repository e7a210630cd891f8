// The safetensors format: u64 LE header length, the header as JSON, then the tensors' bytes without holes. Here: f32 and f64.
import { NnError } from "../NnError.ts";

/** A named tensor of f32 or f64, row-major. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** The tensors of a file, in its order, and its metadata. */
export interface TensorFile {
  readonly tensors: readonly Tensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

type DType = "F32" | "F64";
const BYTES: Readonly<Record<DType, number>> = { F32: 4, F64: 8 };

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAXIMUM_HEADER_BYTES = 100_000_000;

/** The bytes of a safetensors file. Its header is padded with spaces and f64 come first, so that every tensor is aligned. */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const aligned = tensors.toSorted((a, b) => BYTES[dtypeOf(b.data)] - BYTES[dtypeOf(a.data)]);
  let end = 0;
  for (const { name, shape, data } of aligned) {
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [end, (end += data.byteLength)] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const { data } of aligned) {
    const width = BYTES[dtypeOf(data)];
    for (const value of data) {
      if (width === 4) view.setFloat32(offset, value, true);
      else view.setFloat64(offset, value, true);
      offset += width;
    }
  }
  return bytes;
}

/**
 * Reads a safetensors file of f32 and f64 tensors; where their bytes stand as this machine's numbers do, the tensors are views
 * of `bytes`, so that a large file is in memory once. Throws an NnError that says what is wrong with it.
 */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new NnError(`safetensors: ${bytes.length} bytes are too few for a header`);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > MAXIMUM_HEADER_BYTES || LENGTH_BYTES + Number(headerLength) > bytes.length) {
    throw new NnError(
      `safetensors: the header claims ${headerLength} bytes of a file of ${bytes.length}; it is cut short or not safetensors`,
    );
  }
  const start = LENGTH_BYTES + Number(headerLength);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start));
  const { __metadata__: metadata = {}, ...entries } = header;
  let end = 0;
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const { shape, dtype, begin, length } = checkEntry(name, entry, end);
    end = begin + length * BYTES[dtype];
    if (start + end > bytes.length) throw new NnError(`safetensors: tensor ${name} ends beyond the file; it is cut short`);
    return { name, shape, data: readNumbers(view, start + begin, dtype, length) };
  });
  if (start + end !== bytes.length) throw new NnError(`safetensors: ${bytes.length - start - end} bytes follow the last tensor`);
  return { tensors, metadata: checkMetadata(metadata) };
}

function dtypeOf(data: Tensor["data"]): DType {
  return data instanceof Float64Array ? "F64" : "F32";
}

function readNumbers(view: DataView, start: number, dtype: DType, length: number): Tensor["data"] {
  const at = view.byteOffset + start;
  if (LITTLE_ENDIAN && at % BYTES[dtype] === 0)
    return dtype === "F32" ? new Float32Array(view.buffer, at, length) : new Float64Array(view.buffer, at, length);
  if (dtype === "F32") return Float32Array.from({ length }, (_, index) => view.getFloat32(start + index * 4, true));
  return Float64Array.from({ length }, (_, index) => view.getFloat64(start + index * 8, true));
}

function parseHeader(json: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (cause) {
    throw new NnError("safetensors: the header is not JSON", { cause });
  }
  if (!isRecord(header)) throw new NnError("safetensors: the header is not a JSON object");
  return header;
}

// Tensors follow one another without holes or overlap, so each begins where the last one ended.
function checkEntry(name: string, entry: unknown, expectedBegin: number): { shape: number[]; dtype: DType; begin: number; length: number } {
  if (!isRecord(entry) || !isSizes(entry["shape"]) || !isSizes(entry["data_offsets"])) {
    throw new NnError(`safetensors: the entry of tensor ${name} is broken`);
  }
  const { shape, data_offsets: offsets, dtype } = entry as { shape: number[]; data_offsets: number[]; dtype: unknown };
  if (dtype !== "F32" && dtype !== "F64") {
    throw new NnError(`safetensors: tensor ${name} is of ${typeof dtype === "string" ? dtype : "no type"}; only F32 and F64 are read here`);
  }
  const length = shape.reduce((product, size) => product * size, 1);
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin !== expectedBegin || end - begin !== length * BYTES[dtype]) {
    throw new NnError(`safetensors: tensor ${name} of ${length} numbers stands at bytes ${offsets.join(" to ")}; that does not fit`);
  }
  return { shape, dtype, begin, length };
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw new NnError("safetensors: __metadata__ must map names to strings");
  }
  return metadata as Record<string, string>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
