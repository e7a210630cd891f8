// Softmax, cross-entropy and their gradient in one pass over the logits:
//   loss = log Σⱼ exp(zⱼ − max) − (z_target − max), ∂cost/∂z = (softmax(z) − onehot(target)) / batch.
// The logarithm is of a sum that is at least 1, so there is no log(0) however wrong the model is.
import { log4 } from "../nonlinear/log";
import { expShifted, rowMax } from "../nonlinear/softmax";
import { raiseFault } from "../team/fault";

/** For `rows` rows of a batch of `batch`: the loss of each to `losses`, ∂cost/∂logits [rows × columns] to `gradient`. */
export function softmaxCrossEntropy(
  rows: i32, columns: i32, batch: i32, logits: usize, targets: usize, gradient: usize, losses: usize,
): void {
  const bytes = (columns as usize) << 2;
  const scale: f32 = 1 / (batch as f32);
  for (let i = 0; i < rows; i++) {
    const index = load<u32>(targets + ((i as usize) << 2));
    if (index >= (columns as u32)) return raiseFault();
    const target = (index as usize) << 2;
    const greatest = rowMax(columns, logits);
    const sum = expShifted(columns, greatest, logits, gradient);
    const logSum = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
    store<f32>(losses + ((i as usize) << 2), logSum - (load<f32>(logits + target) - greatest));
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(gradient + at, (load<f32>(gradient + at) / sum) * scale);
    store<f32>(gradient + target, load<f32>(gradient + target) - scale);
    logits += bytes;
    gradient += bytes;
  }
}
