// Pieces of WebAssembly's binary format that the modules of the bench are put together from.

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;

/** A function by its name outside: the types of its parameters and its result, and its code (locals, instructions, end). */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly result: number;
  readonly code: readonly number[];
}

/** The bytes of a module with these functions and, where it has `pages` of 64 KiB, an exported `memory`. */
export function wasmModule(functions: readonly WasmFunction[], pages = 0): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [0x60, ...list(parameters.map((type) => [type])), 1, result]);
  const exported = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...(pages > 0 ? section(5, list([[0, ...unsigned(pages)]])) : []),
    ...section(7, list([...exported, ...(pages > 0 ? [[...text("memory"), 2, 0]] : [])])),
    ...section(10, list(functions.map(({ code }) => sized(code)))),
  ]);
}

/** Pushes a local. */
export function get(local: number): number[] {
  return [0x20, ...unsigned(local)];
}

/** Pops into a local. */
export function set(local: number): number[] {
  return [0x21, ...unsigned(local)];
}

/** Pushes an i32 that is not negative. */
export function constant(value: number): number[] {
  const bytes = unsigned(value);
  const last = bytes[bytes.length - 1];
  // Signed LEB128: the highest bit of the last seven is the sign.
  return [0x41, ...(last < 0x40 ? bytes : [...bytes.slice(0, -1), last | 0x80, 0])];
}

/** Unsigned LEB128: seven bits a byte, the lowest first, all but the last with the high bit. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return sized([...new TextEncoder().encode(value)]);
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}
