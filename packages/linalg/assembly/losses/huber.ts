/**
 * For `rows` rows of a batch of `batch`, with d = p − t: loss of a row = meanⱼ of d²/2 where |d| ≤ δ, else δ·(|d| − δ/2) (Huber,
 * 1964), summed in f64, to `losses`; ∂cost/∂p = d within ±δ, else ±δ, / (batch · columns), to `gradient` [rows × columns].
 */
export function huber(
  rows: i32, columns: i32, batch: i32, predicted: usize, targets: usize, gradient: usize, losses: usize, delta: f64,
): void {
  const scale: f32 = 1 / ((batch as f32) * (columns as f32));
  const bound = delta as f32;
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const difference = load<f32>(predicted) - load<f32>(targets);
      const distance = abs(difference) as f64;
      sum += distance > delta ? delta * (distance - 0.5 * delta) : 0.5 * distance * distance;
      store<f32>(gradient, (difference > bound ? bound : difference < -bound ? -bound : difference) * scale);
      predicted += 4;
      targets += 4;
      gradient += 4;
    }
    store<f32>(losses + ((i as usize) << 2), (sum / (columns as f64)) as f32);
  }
}
