/**
 * For `rows` rows of a batch of `batch`: loss of a row = Σⱼ |p − t| / columns, summed in f64, to `losses`;
 * ∂cost/∂p = sign(p − t) / (batch · columns), 0 where they are equal, to `gradient` [rows × columns].
 */
export function meanAbsoluteError(
  rows: i32, columns: i32, batch: i32, predicted: usize, targets: usize, gradient: usize, losses: usize,
): void {
  const scale: f32 = 1 / ((batch as f32) * (columns as f32));
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const difference = load<f32>(predicted) - load<f32>(targets);
      sum += abs(difference) as f64;
      // A NaN goes through.
      store<f32>(gradient, difference > 0 ? scale : difference < 0 ? -scale : difference * 0);
      predicted += 4;
      targets += 4;
      gradient += 4;
    }
    store<f32>(losses + ((i as usize) << 2), (sum / (columns as f64)) as f32);
  }
}
