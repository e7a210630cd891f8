import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { normals, uniforms, withInputs } from "../src/inputs.ts";
import { mean } from "../src/report/ratio.ts";

it("draws dense operands: uniform, without a zero, the same for the same seed", () => {
  const values = uniforms(100_000, 1);
  expect(values.every((value) => value !== 0 && Math.abs(value) <= 0.5)).toBe(true);
  expect(Math.abs(mean(Array.from(values)))).toBeLessThan(0.005);
  expect(mean(Array.from(values, (value) => value * value))).toBeCloseTo(1 / 12, 3);
  expect(uniforms(10, 1)).toEqual(values.slice(0, 10));
  expect(uniforms(10, 2)).not.toEqual(values.slice(0, 10));
});

it("draws weights: normal, all finite", () => {
  const values = normals(100_000, 0.05, 1);
  expect(values.every(Number.isFinite)).toBe(true);
  expect(Math.abs(mean(Array.from(values)))).toBeLessThan(0.001);
  expect(Math.sqrt(mean(Array.from(values, (value) => value * value)))).toBeCloseTo(0.05, 3);
  // 95% lie within two standard deviations.
  expect(mean(Array.from(values, (value) => (Math.abs(value) < 0.098 ? 1 : 0)))).toBeCloseTo(0.95, 2);
});

it("keeps files as long as they are used, also by what fails", async () => {
  let folder = "";
  const failing = withInputs({ "a.f32": Float32Array.of(1, -2), "model.onnx": Uint8Array.of(7) }, async (path) => {
    folder = path;
    expect(new Float32Array(new Uint8Array(await readFile(join(path, "a.f32"))).buffer)).toEqual(Float32Array.of(1, -2));
    expect([...(await readFile(join(path, "model.onnx")))]).toEqual([7]);
    throw new Error("a rival gave up");
  });
  await expect(failing).rejects.toThrow("a rival gave up");
  expect(existsSync(folder)).toBe(false);
});
