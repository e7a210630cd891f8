/**
 * loss of a row = Σⱼ (p − t)² / columns, added in order to the f64 at `lossSum`;
 * ∂cost/∂p = 2 · (p − t) / (rows · columns) is written to `gradient` [rows × columns].
 */
export function meanSquaredError(rows: i32, columns: i32, predicted: usize, targets: usize, gradient: usize, lossSum: usize): void {
  const scale: f32 = 2 / ((rows as f32) * (columns as f32));
  let total = load<f64>(lossSum);
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
    total += squares / (columns as f64);
  }
  store<f64>(lossSum, total);
}
