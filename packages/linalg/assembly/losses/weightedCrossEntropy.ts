// Cross-entropy of softmax with smoothed targets and weighted classes, and its gradient:
//   q = (1 − ε)·onehot(target) + ε / columns,  loss = w[target] · Σⱼ qⱼ · (−log softmax(z)ⱼ),
//   ∂cost/∂z = w[target] · (softmax(z) − q) / batch.
import { log4 } from "../nonlinear/log";
import { expShifted, rowMax } from "../nonlinear/softmax";
import { raiseFault } from "../team/fault";

/** For `rows` rows of a batch of `batch`; `weights` holds one f32 a class, or is 0: all are 1. */
export function weightedCrossEntropy(
  rows: i32, columns: i32, batch: i32, logits: usize, targets: usize, gradient: usize, losses: usize, smoothing: f64, weights: usize,
): void {
  const bytes = (columns as usize) << 2;
  const share = (smoothing / (columns as f64)) as f32;
  const own = (1 - smoothing) as f32, wanted = (1 - smoothing + smoothing / (columns as f64)) as f32;
  for (let i = 0; i < rows; i++) {
    const index = load<u32>(targets + ((i as usize) << 2));
    if (index >= (columns as u32)) return raiseFault();
    const target = (index as usize) << 2;
    const weight: f32 = weights == 0 ? 1 : load<f32>(weights + target);
    const scale: f32 = weight / (batch as f32);
    const greatest = rowMax(columns, logits);
    const sum = expShifted(columns, greatest, logits, gradient);
    const probability = load<f32>(gradient + target) / sum;
    let shifted: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      shifted += (load<f32>(logits + at) - greatest) as f64;
      store<f32>(gradient + at, (load<f32>(gradient + at) / sum - share) * scale);
    }
    store<f32>(gradient + target, (probability - wanted) * scale);
    const logSum = f32x4.extract_lane(log4(f32x4.splat(sum)), 0);
    const expected = own * (load<f32>(logits + target) - greatest) + ((shifted * (share as f64)) as f32);
    store<f32>(losses + ((i as usize) << 2), weight * (logSum - expected));
    logits += bytes;
    gradient += bytes;
  }
}
