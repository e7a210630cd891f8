/**
 * Adds to the f64 at `sum`, row by row, how many of a row's logits are on their target's side, divided by `columns`: above 0 where
 * the target is above ½, else not. `count` logits in all. Targets are f32, or with `classes` the indices 0 and 1.
 */
export function countSides(count: i32, columns: i32, logits: usize, targets: usize, sum: usize, classes: bool): void {
  let total = load<f64>(sum);
  for (let row = 0; row < count; row += columns) {
    let right = 0;
    for (let i = row; i < row + columns; i++) {
      const at = (i as usize) << 2;
      const above = classes ? load<i32>(targets + at) > 0 : load<f32>(targets + at) > 0.5;
      if (load<f32>(logits + at) > 0 == above) right++;
    }
    total += (right as f64) / (columns as f64);
  }
  store<f64>(sum, total);
}
