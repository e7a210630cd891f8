/**
 * For `rows` rows of a batch of `batch`: loss of a row = Σⱼ (p − t)² / columns, summed in f64, to `losses`;
 * ∂cost/∂p = 2 · (p − t) / (batch · columns) to `gradient` [rows × columns].
 */
export function meanSquaredError(
  rows: i32, columns: i32, batch: i32, predicted: usize, targets: usize, gradient: usize, losses: usize,
): void {
  const scale: f32 = 2 / ((batch as f32) * (columns as f32));
  for (let i = 0; i < rows; i++) {
    let squares: f64 = 0;
    for (let j = 0; j < columns; j++) {
      const difference = load<f32>(predicted) - load<f32>(targets);
      squares += (difference as f64) * (difference as f64);
      store<f32>(gradient, difference * scale);
      predicted += 4;
      targets += 4;
      gradient += 4;
    }
    store<f32>(losses + ((i as usize) << 2), (squares / (columns as f64)) as f32);
  }
}
