/** indices[i] = the column of the greatest element of X[i, :], the first of equals; X is [rows × columns], columns ≥ 1. */
export function argmax(rows: i32, columns: i32, x: usize, indices: usize): void {
  for (let i = 0; i < rows; i++) {
    let best = 0;
    let greatest = load<f32>(x);
    for (let j = 1; j < columns; j++) {
      const value = load<f32>(x + ((j as usize) << 2));
      if (value > greatest) {
        greatest = value;
        best = j;
      }
    }
    store<i32>(indices, best);
    x += (columns as usize) << 2;
    indices += 4;
  }
}
