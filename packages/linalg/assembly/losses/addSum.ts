/** Adds `count` elements to the f64 at `sum`, from the first to the last. */
export function addSum(count: i32, x: usize, sum: usize): void {
  let total = load<f64>(sum);
  for (let i = 0; i < count; i++) total += load<f32>(x + ((i as usize) << 2)) as f64;
  store<f64>(sum, total);
}
