/** row = Σᵢ X[i, :] for `columns` columns of X, `stride` elements a row; each column is summed from the first row to the last. */
export function sumRows(rows: i32, columns: i32, stride: i32, x: usize, row: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  memory.fill(row, 0, bytes);
  for (let i = 0; i < rows; i++) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(row + at, f32x4.add(v128.load(row + at), v128.load(x + at)));
    for (; at < bytes; at += 4) store<f32>(row + at, load<f32>(row + at) + load<f32>(x + at));
    x += (stride as usize) << 2;
  }
}
