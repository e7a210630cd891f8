// A WebAssembly module that goes over bytes as fast as 128-bit SIMD does: it finds the ends of fields, which is the least
// that a CSV parser does, and sums the bits of numbers, which is how the bench knows that everyone has read the same.
import { constant, get, I32, set, unsigned, V128, wasmModule } from "./wasmBytes.ts";

/** The bytes that a call goes over, at most: few enough to stay in a core's own cache. */
export const SCAN_BYTES: number = 128 * 1024;
/** Where `index` writes: a u32 for each byte at most. */
const INDEX_START = SCAN_BYTES;
const PAGES = (SCAN_BYTES + 4 * SCAN_BYTES) / 2 ** 16;
/** Calls go on to the end of a step. */
const STEP_BYTES = 64;
const VECTORS = [0, 16, 32, 48];

const COMMA = 0x2c;
const LINE_FEED = 0x0a;

const I8X16_SPLAT = [0xfd, 0x0f];
const I8X16_EQ = [0xfd, 0x23];
const I8X16_BITMASK = [0xfd, 0x64];
const V128_OR = [0xfd, 0x50];
const I32X4_ADD = [0xfd, 0xae, 0x01];
const I32_STORE = [0x36, 2, 0];
const I32_CTZ = [0x68];
const I32_POPCNT = [0x69];
const I32_ADD = [0x6a];
const I32_SUB = [0x6b];
const I32_AND = [0x71];
const I32_SHR_U = [0x76];
const END = 0x0b;

// The locals of every function: its parameter, and where it is.
const BYTES = 0;
const AT = 1;
// Those of count and index. RESULT is the count, or where the next offset is written.
const [RESULT, MASK, VECTOR, COMMAS, LINE_FEEDS] = [2, 3, 4, 5, 6];
const SCAN_LOCALS = [2, 3, I32, 3, V128];

/**
 * The bytes of the module: `memory` and, over its first `bytes` up to the next multiple of 64, `count(bytes)` of the commas and line
 * feeds, `index(bytes)`, which writes the offset of each behind the first 128 KiB and counts them too, and `sum(bytes)` of all i32, modulo 2^32.
 */
export function scanModule(): Uint8Array<ArrayBuffer> {
  const functions = { count: count(), index: index(), sum: sum() };
  return wasmModule(
    Object.entries(functions).map(([name, code]) => ({ name, parameters: [I32], result: I32, code })),
    PAGES,
  );
}

function count(): number[] {
  const vector = (offset: number): number[] => [...maskOf(offset), ...I32_POPCNT, ...get(RESULT), ...I32_ADD, ...set(RESULT)];
  return [...SCAN_LOCALS, ...splats(), ...overSteps(vector), ...get(RESULT), END];
}

function index(): number[] {
  const vector = (offset: number): number[] => [
    ...[...maskOf(offset), ...set(MASK), 0x02, 0x40, 0x03, 0x40], // block, loop
    ...[...get(MASK), 0x45, 0x0d, 1], // leave at 0
    ...[...get(RESULT), ...get(MASK), ...I32_CTZ, ...get(AT), ...I32_ADD, ...constant(offset), ...I32_ADD, ...I32_STORE],
    ...[...get(RESULT), ...constant(4), ...I32_ADD, ...set(RESULT)],
    ...[...get(MASK), ...get(MASK), ...constant(1), ...I32_SUB, ...I32_AND, ...set(MASK)], // the lowest bit is done
    ...[0x0c, 0, END, END], // again
  ];
  const found = [...get(RESULT), ...constant(INDEX_START), ...I32_SUB, ...constant(2), ...I32_SHR_U];
  return [...SCAN_LOCALS, ...splats(), ...constant(INDEX_START), ...set(RESULT), ...overSteps(vector), ...found, END];
}

// A chain for each vector of the step.
function sum(): number[] {
  const chains = VECTORS.map((_, place) => AT + 1 + place);
  const vector = (offset: number, place: number): number[] => [
    ...[...get(chains[place]), ...load(offset), ...I32X4_ADD, ...set(chains[place])],
  ];
  const lane = (place: number): number[] => [...get(chains[0]), 0xfd, 0x1b, place];
  return [
    ...[2, 1, I32, chains.length, V128],
    ...overSteps(vector),
    ...[...chains.flatMap((chain, place) => (place === 0 ? get(chain) : [...get(chain), ...I32X4_ADD])), ...set(chains[0])],
    ...[...[0, 1, 2, 3].flatMap(lane), ...I32_ADD, ...I32_ADD, ...I32_ADD, END],
  ];
}

// While AT is below BYTES: the code of each vector, AT on by a step.
function overSteps(vector: (offset: number, place: number) => number[]): number[] {
  return [
    ...[0x02, 0x40, 0x03, 0x40], // block, loop
    ...[...get(AT), ...get(BYTES), 0x4f, 0x0d, 1], // leave if AT >= BYTES
    ...VECTORS.flatMap(vector),
    ...[...get(AT), ...constant(STEP_BYTES), ...I32_ADD, ...set(AT)],
    ...[0x0c, 0, END, END], // again
  ];
}

function splats(): number[] {
  return [...constant(COMMA), ...I8X16_SPLAT, ...set(COMMAS), ...constant(LINE_FEED), ...I8X16_SPLAT, ...set(LINE_FEEDS)];
}

// Pushes a bit for each of the 16 bytes at AT + offset, set where a field ends.
function maskOf(offset: number): number[] {
  return [
    ...[...load(offset), ...set(VECTOR)],
    ...[...get(VECTOR), ...get(COMMAS), ...I8X16_EQ, ...get(VECTOR), ...get(LINE_FEEDS), ...I8X16_EQ, ...V128_OR, ...I8X16_BITMASK],
  ];
}

// v128.load of the 16 bytes at AT + offset, which are aligned.
function load(offset: number): number[] {
  return [...get(AT), 0xfd, 0x00, 4, ...unsigned(offset)];
}
