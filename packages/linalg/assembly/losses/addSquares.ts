/** Adds each row's Σ (x − y)² / columns to the f64 at `sum`, in f64, row by row: the batches that rows come in don't show. `count` elements. */
export function addSquares(count: i32, columns: i32, x: usize, y: usize, sum: usize): void {
  let total = load<f64>(sum);
  for (let row = 0; row < count; row += columns) {
    let squares: f64 = 0;
    for (let i = row; i < row + columns; i++) {
      const at = (i as usize) << 2;
      const difference = (load<f32>(x + at) as f64) - (load<f32>(y + at) as f64);
      squares += difference * difference;
    }
    total += squares / (columns as f64);
  }
  store<f64>(sum, total);
}
