import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, NnError } from "../src/index.ts";

const file = {
  tensors: [
    { name: "a", shape: [2, 3], data: Float32Array.of(1, -2, 3.5, Number.NaN, Infinity, -0) },
    { name: "empty", shape: [0, 4], data: new Float32Array(0) },
    { name: "scalar", shape: [], data: Float32Array.of(7) },
    { name: "double", shape: [2], data: Float64Array.of(0.1, -0) },
  ],
  metadata: { format: "downhill", classes: '["ä","b"]' },
};

describe("safetensors", () => {
  it("reads back what it wrote, f64 before f32", () => {
    const [a, empty, scalar, double] = file.tensors;
    expect(decodeSafetensors(encodeSafetensors(file))).toEqual({ ...file, tensors: [double, a, empty, scalar] });
  });

  it("lays the file out as the format says", () => {
    const bytes = encodeSafetensors(file);
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect((8 + headerBytes) % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
    expect(header.a).toEqual({ dtype: "F32", shape: [2, 3], data_offsets: [16, 40] });
    expect(header.scalar).toEqual({ dtype: "F32", shape: [], data_offsets: [40, 44] });
    expect(header.double).toEqual({ dtype: "F64", shape: [2], data_offsets: [0, 16] });
    expect(bytes.length).toBe(8 + headerBytes + 44);
  });

  it("refuses a file cut short at any byte", () => {
    const bytes = encodeSafetensors(file);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeSafetensors(bytes.subarray(0, length)), `${length} bytes`).toThrow(NnError);
    }
  });

  it("reads or refuses any bytes, with an NnError and nothing else", () => {
    const whole = encodeSafetensors(file);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = whole.slice();
        bytes[at] = byte;
        try {
          decodeSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(NnError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
