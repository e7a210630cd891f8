import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIdx } from "../src/index.ts";
import { chunksOf, errorOf } from "./support/read.ts";
import { realData } from "./support/realData.ts";

/** An IDX file written by the definition: type, sizes, values. */
function idx(type: number, sizes: readonly number[], values: readonly number[]): Uint8Array {
  const [width, write] = (
    {
      0x08: [1, (view: DataView, at: number, value: number) => view.setUint8(at, value)],
      0x09: [1, (view: DataView, at: number, value: number) => view.setInt8(at, value)],
      0x0b: [2, (view: DataView, at: number, value: number) => view.setInt16(at, value)],
      0x0c: [4, (view: DataView, at: number, value: number) => view.setInt32(at, value)],
      0x0d: [4, (view: DataView, at: number, value: number) => view.setFloat32(at, value)],
      0x0e: [8, (view: DataView, at: number, value: number) => view.setFloat64(at, value)],
    } as Record<number, [number, (view: DataView, at: number, value: number) => void]>
  )[type];
  const start = 4 + 4 * sizes.length;
  const bytes = new Uint8Array(start + values.length * width);
  bytes.set([0, 0, type, sizes.length]);
  const view = new DataView(bytes.buffer);
  sizes.forEach((size, dimension) => view.setUint32(4 + 4 * dimension, size));
  values.forEach((value, index) => write(view, start + index * width, value));
  return bytes;
}

const types: [number, number[], { name: string }][] = [
  [0x08, [0, 1, 127, 255], Uint8Array],
  [0x09, [0, -1, 127, -128], Int8Array],
  [0x0b, [0, -2, 256, -32768], Int16Array],
  [0x0c, [0, -3, 65536, -2147483648], Int32Array],
  [0x0d, [0, -0.5, 1.5, Number.POSITIVE_INFINITY], Float32Array],
  [0x0e, [0, -0.1, 1e300, Number.NaN], Float64Array],
];

describe("readIdx", () => {
  it.each(types)("reads type 0x%s", async (type, values, array) => {
    const file = await readIdx(idx(type, [2, 2], values));
    expect(file.sizes).toEqual([2, 2]);
    expect(file.values.constructor.name).toBe(array.name);
    expect(Array.from(file.values)).toEqual(values);
  });

  it("gives the same for any chunks, zipped or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (sizes, chunk, zip) => {
          const values = Array.from({ length: sizes.reduce((product, size) => product * size, 1) }, (_, index) => index % 256);
          const bytes = idx(0x08, sizes, values);
          const file = await readIdx(chunksOf(zip ? new Uint8Array(gzipSync(bytes)) : bytes, chunk));
          expect([file.sizes, Array.from(file.values)]).toEqual([sizes, values]);
        },
      ),
    );
  });

  const good = idx(0x08, [3, 2], [1, 2, 3, 4, 5, 6]);
  const start = "is no IDX file: it starts with the bytes";
  const wanted = "expected 00 00, a type (08 to 0e) and the number of dimensions";
  it.each<[string, Uint8Array, string]>([
    ["empty", new Uint8Array(0), "f.idx: is no IDX file: its 0 bytes do not hold a whole header"],
    ["cut in its sizes", good.subarray(0, 9), "f.idx: is no IDX file: its 9 bytes do not hold a whole header"],
    ["of text", new TextEncoder().encode("1,2,3\n"), `f.idx: ${start} 31 2c 32 2c, ${wanted}`],
    ["of an unknown type", Uint8Array.of(0, 0, 0x0a, 1), `f.idx: ${start} 00 00 0a 01, ${wanted}`],
    ["without dimensions", Uint8Array.of(0, 0, 8, 0, 7), `f.idx: ${start} 00 00 08 00, ${wanted}`],
    ["truncated", good.subarray(0, -1), "f.idx: is truncated: 17 bytes of the 18 that its header announces (3 × 2); fetch it again"],
    ["with more behind", Uint8Array.of(...good, 7), "f.idx: holds more than the 18 bytes that its header announces (3 × 2); it is corrupt"],
    [
      "that announces far too much",
      idx(0x08, [2 ** 32 - 1, 1000], [1]),
      "f.idx: announces 4294967295012 bytes (4294967295 × 1000), more than the 4 GiB that can be read; is the header corrupt?",
    ],
  ])("refuses a file %s", async (_, bytes, message) => {
    expect((await errorOf(readIdx(bytes, { name: "f.idx" }))).message).toBe(message);
    expect((await errorOf(readIdx(chunksOf(bytes, 1), { name: "f.idx" }))).message).toBe(message);
  });

  it("stops at once when a zipped file goes on beyond its header's sizes", async () => {
    let given = 0;
    async function* endless() {
      yield good;
      for (; ; given += 1) yield new Uint8Array(1000);
    }
    await errorOf(readIdx(endless()));
    expect(given).toBe(0);
  });

  const mnist = realData("mnist/t10k-images-idx3-ubyte.gz");
  it.skipIf(!mnist)("reads MNIST", async () => {
    const images = await readIdx(mnist ?? "");
    const labels = await readIdx(realData("mnist/t10k-labels-idx1-ubyte.gz") ?? "");
    expect([images.sizes, labels.sizes]).toEqual([[10_000, 28, 28], [10_000]]);
    expect(Array.from(labels.values.subarray(0, 8))).toEqual([7, 2, 1, 0, 4, 1, 4, 9]);
    let sum = 0;
    for (const pixel of images.values) sum += pixel;
    expect(sum).toBe(264_923_200);
  });
});
