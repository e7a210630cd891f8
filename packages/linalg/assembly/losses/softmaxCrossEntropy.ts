// Softmax, cross-entropy and their gradient in one pass over the logits:
//   loss = log Σⱼ exp(zⱼ − max) − (z_target − max), ∂cost/∂z = (softmax(z) − onehot(target)) / rows.
// The logarithm is of a sum that is at least 1, so there is no log(0) however wrong the model is.
import { expShifted, rowMax } from "../nonlinear/softmax";
import { log4 } from "../nonlinear/log";

/** Adds each row's loss, in order, to the f64 at `lossSum`; writes ∂cost/∂logits [rows × columns] to `gradient`. */
export function softmaxCrossEntropy(rows: i32, columns: i32, logits: usize, targets: usize, gradient: usize, lossSum: usize): void {
  const bytes = (columns as usize) << 2;
  const scale: f32 = 1 / (rows as f32);
  let total = load<f64>(lossSum);
  for (let i = 0; i < rows; i++) {
    const target = (load<i32>(targets + ((i as usize) << 2)) as usize) << 2;
    const greatest = rowMax(columns, logits);
    const sum = expShifted(columns, greatest, logits, gradient);
    const logSum = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
    total += (logSum - (load<f32>(logits + target) - greatest)) as f64;
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(gradient + at, (load<f32>(gradient + at) / sum) * scale);
    store<f32>(gradient + target, load<f32>(gradient + target) - scale);
    logits += bytes;
    gradient += bytes;
  }
  store<f64>(lossSum, total);
}
