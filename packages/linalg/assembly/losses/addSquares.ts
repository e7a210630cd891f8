/** Adds Σ (x − y)² / columns over `count` elements to the f64 at `sum`, in f64, from the first to the last. */
export function addSquares(count: i32, columns: i32, x: usize, y: usize, sum: usize): void {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) {
    const at = (i as usize) << 2;
    const difference = (load<f32>(x + at) as f64) - (load<f32>(y + at) as f64);
    total += difference * difference;
  }
  store<f64>(sum, load<f64>(sum) + total / (columns as f64));
}
