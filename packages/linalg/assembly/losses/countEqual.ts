/** Adds to the f64 at `sum` how many of `count` indices are equal in x and y. */
export function countEqual(count: i32, x: usize, y: usize, sum: usize): void {
  let equal = 0;
  for (let i = 0; i < count; i++) {
    const at = (i as usize) << 2;
    if (load<i32>(x + at) == load<i32>(y + at)) equal++;
  }
  store<f64>(sum, load<f64>(sum) + (equal as f64));
}
