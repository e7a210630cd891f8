// An exported model and ours on the same raw rows.
import { type Features, preprocessFeatures } from "@downhill/data";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { TrainedModel } from "../model/TrainedModel.ts";
import type { OnnxModel } from "./encodeOnnxModel.ts";
import type { OnnxRuntime } from "./OnnxRuntime.ts";
import { portRows } from "./portRows.ts";

/** How far the two may be apart, relative to the greatest output. */
export const TOLERANCE = 1e-5;

/** The greatest difference between what the file and the model say of `rows`, relative to the greatest magnitude that the model says. Throws a PipelineError (model) above {@link TOLERANCE}. */
export async function verifyOnnx(runtime: OnnxRuntime, onnx: OnnxModel, model: TrainedModel, rows: Features): Promise<number> {
  // Copied: rows that come from no configured table are scaled in place.
  const ready = preprocessFeatures(model.preprocessing, { ...rows, features: rows.features.slice() });
  const expected = model.predict(ready.features, rows.count);
  const found = await runtime.run(onnx.bytes, rows.count, portRows(onnx.inputs, rows));
  const difference = relativeDifference(expected, found);
  if (difference <= TOLERANCE) return difference;
  throw new PipelineError(
    EXIT.model,
    `${runtime.title} gives other ${onnx.output.name} than the model: they differ by up to ${difference.toPrecision(3)} of the greatest one, more than ${TOLERANCE}`,
  );
}

/** max |a − b| / max |a|, by max |b| = 0 too: 0 where all are equal; infinite where one is no number and the other is, or their counts differ. */
export function relativeDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let [greatest, difference] = [0, 0];
  for (let at = 0; at < a.length; at += 1) {
    if (Object.is(a[at], b[at]) || a[at] === b[at]) {
      if (Number.isFinite(a[at])) greatest = Math.max(greatest, Math.abs(a[at]));
      continue;
    }
    const distance = Math.abs(a[at] - b[at]);
    if (!Number.isFinite(distance)) return Infinity;
    greatest = Math.max(greatest, Math.abs(a[at]));
    difference = Math.max(difference, distance);
  }
  return difference === 0 ? 0 : difference / greatest;
}
