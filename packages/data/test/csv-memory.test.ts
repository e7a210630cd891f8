// The kernel alone, on any bytes: what it reads and writes lies within the buffers it is given.
import { describe, expect, it } from "vitest";
import { suitsKernel } from "../src/csv/NumberKernel.ts";
import { csvModule } from "../src/csvModule.ts";
import { bytesOf } from "./support/read.ts";
import { numericDocument, randomIntegers } from "./support/numericDocuments.ts";

interface Kernel extends WebAssembly.Exports {
  readonly heapBase: WebAssembly.Global<"i32">;
  readonly stoppedAt: WebAssembly.Global<"i32">;
  parseRecords(start: number, end: number, values: number, rows: number, columns: number, delimiter: number, powers: number): number;
}

const MARGIN = 64;
const memory = new WebAssembly.Memory({ initial: 1 });
const module = await csvModule();
const kernel = new WebAssembly.Instance(module!, { env: { memory } }).exports as Kernel;
const bytes = new Uint8Array(memory.buffer);
const powers = Math.ceil(kernel.heapBase.value / 16) * 16;
new Float64Array(memory.buffer, powers, 67).set(Array.from({ length: 67 }, (_, exponent) => Number(`1e${exponent}`)));
const firstFree = powers + 67 * 8;

interface Call {
  readonly text: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  readonly delimiter: number;
}

/** Everything outside the text is `canary`; the text's margin ends where the memory does, so that reading on would trap. */
function call({ text, rows, columns, delimiter }: Call, canary: number): { taken: number; consumed: number; values: number[] } {
  bytes.fill(canary, firstFree);
  const start = bytes.length - MARGIN - text.length;
  bytes.set(text, start);
  // Between the batch and the text's margin there is room for no more than the canaries.
  const size = rows * columns * 4;
  const values = Math.floor((start - MARGIN - 16 - size) / 4) * 4;
  const before = bytes.slice();
  const taken = kernel.parseRecords(start, start + text.length, values, rows, columns, delimiter, powers);
  const written = [values, values + size];
  expect(Buffer.compare(bytes.subarray(0, written[0]), before.subarray(0, written[0]))).toBe(0);
  expect(Buffer.compare(bytes.subarray(written[1]), before.subarray(written[1]))).toBe(0);
  const bits = new Uint32Array(memory.buffer.slice(values, values + taken * columns * 4));
  return { taken, consumed: kernel.stoppedAt.value - start, values: [...bits] };
}

function check(input: Call): number {
  // What stands around the text must make no difference, be it more digits, the end of a record or a quote.
  const results = ["7", ",", "\n", '"'].map((canary) => call(input, canary.charCodeAt(0)));
  for (const result of results) expect(result).toEqual(results[0]);
  const { taken, consumed } = results[0];
  expect(taken).toBeLessThanOrEqual(input.rows);
  expect(input.text.subarray(0, consumed).filter((byte) => byte === 10).length).toBe(taken);
  return taken;
}

describe("the kernel keeps to its buffers", () => {
  it("on any bytes", () => {
    const draw = randomIntegers(3);
    const alphabets = [bytesOf('0123456789,,,\n\n.-e+ "\r'), bytesOf("0,0,0,0,0,0,0,\n1"), bytesOf("0123456789....,-\r\n"), undefined];
    for (let count = 0; count < 1200; count += 1) {
      const alphabet = alphabets[draw(alphabets.length)];
      const text = Uint8Array.from({ length: draw(400) }, () => (alphabet ? alphabet[draw(alphabet.length)] : draw(256)));
      check({ text, rows: draw(5), columns: 1 + draw(6), delimiter: 44 });
    }
  });

  it("on documents of numbers, with any shape and any byte changed", () => {
    const draw = randomIntegers(4);
    let taken = 0;
    for (let count = 0; count < 1500; count += 1) {
      const { text, delimiter } = numericDocument(draw);
      if (!suitsKernel(delimiter.charCodeAt(0), 0)) continue;
      const document = bytesOf(text);
      for (let changes = draw(3); changes > 0; changes -= 1) document[draw(document.length)] = draw(256);
      const columns = draw(4) === 0 ? 1 + draw(40) : text.split(/[\r\n]/)[0].split(delimiter).length;
      taken += check({ text: document, rows: draw(20), columns, delimiter: delimiter.charCodeAt(0) });
    }
    expect(taken).toBeGreaterThan(500);
  });
});
