import { describe, expect, it } from "vitest";
import { readBatches } from "../src/csv/readBatches.ts";
import { csvModule } from "../src/csvModule.ts";
import type { CsvOptions } from "../src/index.ts";
import { bytesOf, cut } from "./support/read.ts";
import { numericDocument, randomIntegers } from "./support/numericDocuments.ts";

const module = await csvModule();

/** All that reading gives: the bits of the values, the lines, and the error that ended it. */
async function outcome(source: AsyncIterable<Uint8Array> | Uint8Array, kernelFrom: number, options: CsvOptions): Promise<unknown> {
  const bits: number[] = [];
  const lines: number[] = [];
  try {
    for await (const batch of readBatches(source, options, kernelFrom)) {
      bits.push(...new Uint32Array(batch.values.buffer, batch.values.byteOffset, batch.values.length));
      lines.push(...batch.lines);
    }
  } catch (error) {
    return { bits, lines, error: (error as Error).message };
  }
  return { bits, lines };
}

const NEVER = Number.POSITIVE_INFINITY;

it("is there", () => {
  expect(module).toBeInstanceOf(WebAssembly.Module);
});

describe("the kernel and the general parser give the same", () => {
  it("of 2,000 documents, cut anywhere", async () => {
    const draw = randomIntegers(1);
    for (let count = 0; count < 2_000; count += 1) {
      const { text, delimiter } = numericDocument(draw);
      const options = { header: false, delimiter, batchRows: 1 + draw(9) };
      const bytes = bytesOf(text);
      const expected = await outcome(bytes, NEVER, options);
      const offsets = Array.from({ length: draw(4) }, () => draw(bytes.length + 1));
      const found = await outcome(cut(bytes, ...offsets), draw(2) * draw(bytes.length + 1), options);
      // Compared as text first: that is much quicker than an assertion.
      if (JSON.stringify(found) !== JSON.stringify(expected)) expect({ text, offsets, found }).toEqual({ text, offsets, found: expected });
    }
  });

  it("at every split point", async () => {
    const draw = randomIntegers(2);
    for (let count = 0; count < 20; count += 1) {
      const { text, delimiter } = numericDocument(draw);
      const options = { header: false, delimiter, batchRows: 3 };
      const bytes = bytesOf(text).subarray(0, 200);
      const expected = await outcome(bytes, NEVER, options);
      for (let at = 1; at < bytes.length; at += 1) expect(await outcome(cut(bytes, at), 0, options)).toEqual(expected);
    }
  });
});
