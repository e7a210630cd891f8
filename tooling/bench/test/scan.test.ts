import { expect, it } from "vitest";
import { SCAN_BYTES, scanModule } from "../src/machine/scanModule.ts";
import { generator } from "../src/inputs.ts";
// @ts-expect-error: JavaScript without types
import * as csv from "../rivals/csv.mjs";

const { instance } = await WebAssembly.instantiate(scanModule());
const { memory, count, index, sum } = instance.exports as Record<"count" | "index" | "sum", (bytes: number) => number> & {
  readonly memory: WebAssembly.Memory;
};

// Text with many ends of fields, and bytes that differ from one by a bit; zeros behind it.
function fill(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(memory.buffer, 0, SCAN_BYTES).fill(0);
  const next = generator(seed);
  for (let at = 0; at < length; at += 1) bytes[at] = ",\n0-\u00ac\u008a\r".charCodeAt(Math.floor(7 * next()));
  return bytes.subarray(0, length);
}

const LENGTHS = [0, 1, 15, 16, 63, 64, 65, 1000, SCAN_BYTES];

it.each(LENGTHS)("counts and finds the ends of fields in %d bytes", (length) => {
  const bytes = fill(length, length);
  const ends = Array.from(bytes.keys()).filter((at) => bytes[at] === 0x2c || bytes[at] === 0x0a);
  expect(count(length)).toBe(ends.length);
  expect(index(length)).toBe(ends.length);
  expect(Array.from(new Uint32Array(memory.buffer, SCAN_BYTES, ends.length))).toEqual(ends);
});

it("has room for an end at every byte", () => {
  new Uint8Array(memory.buffer, 0, SCAN_BYTES).fill(0x2c);
  expect(index(SCAN_BYTES)).toBe(SCAN_BYTES);
  expect(new Uint32Array(memory.buffer, SCAN_BYTES)[SCAN_BYTES - 1]).toBe(SCAN_BYTES - 1);
});

it.each([0, 4, 60, 64, 68, 4096, SCAN_BYTES])("sums the i32 of %d bytes, modulo 2^32", (length) => {
  fill(length, 1);
  const words = new Int32Array(memory.buffer, 0, length / 4);
  expect(sum(length)).toBe(words.reduce((total, word) => (total + word) | 0, 0));
});

it("takes the chunks that programs read", () => {
  expect(csv.CHUNK_BYTES).toBe(SCAN_BYTES);
});
