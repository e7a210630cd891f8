// Cross-entropy of sigmoid, of targets t in [0, 1] or classes 0 and 1, from logits z:
//   loss = meanⱼ (max(z, 0) − z·t + log(1 + exp(−|z|))),  ∂cost/∂z = (sigmoid(z) − t) / (batch · columns).
// The logarithm is of a number between 1 and 2, however wrong the model is.
import { exp4 } from "../nonlinear/exp";
import { log4 } from "../nonlinear/log";
import { raiseFault } from "../team/fault";

/** For `rows` rows of a batch of `batch`, summed in f64; targets are f32, or with `classes` i32. */
export function binaryCrossEntropy(
  rows: i32, columns: i32, batch: i32, logits: usize, targets: usize, gradient: usize, losses: usize, classes: bool,
): void {
  const scale: f32 = 1 / ((batch as f32) * (columns as f32));
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const z = load<f32>(logits);
      let t: f32;
      if (classes) {
        const index = load<u32>(targets);
        if (index > 1) return raiseFault();
        t = index as f32;
      } else t = load<f32>(targets);
      const e = f32x4.extract_lane(exp4(f32x4.splat(-abs(z))), 0);
      const d: f32 = 1 + e;
      // max(z, 0) − z·t, without a difference of two large numbers.
      const linear = z < 0 ? -(z * t) : z * (1 - t);
      // log(1 + e), with the part of e that 1 + e was rounded by.
      const log = f32x4.extract_lane(log4(f32x4.splat(d)), 0) + (e - (d - 1)) / d;
      sum += (linear + log) as f64;
      store<f32>(gradient, ((z < 0 ? e : 1) / d - t) * scale);
      logits += 4;
      targets += 4;
      gradient += 4;
    }
    store<f32>(losses + ((i as usize) << 2), (sum / (columns as f64)) as f32);
  }
}
