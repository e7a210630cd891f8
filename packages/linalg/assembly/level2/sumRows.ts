/** row = Σᵢ X[i, :] for `columns` columns of X, `stride` elements a row; each column is summed from the first row to the last. */
export function sumRows(rows: i32, columns: i32, stride: i32, x: usize, row: usize): void {
  const step = (stride as usize) << 2;
  let column = 0;
  for (; column + 32 <= columns; column += 32, x += 128, row += 128) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    for (let i = 0, at = x; i < rows; i++, at += step) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      s4 = f32x4.add(s4, v128.load(at, 64));
      s5 = f32x4.add(s5, v128.load(at, 80));
      s6 = f32x4.add(s6, v128.load(at, 96));
      s7 = f32x4.add(s7, v128.load(at, 112));
    }
    v128.store(row, s0);
    v128.store(row, s1, 16);
    v128.store(row, s2, 32);
    v128.store(row, s3, 48);
    v128.store(row, s4, 64);
    v128.store(row, s5, 80);
    v128.store(row, s6, 96);
    v128.store(row, s7, 112);
  }
  for (; column + 4 <= columns; column += 4, x += 16, row += 16) {
    let sum = f32x4.splat(0);
    for (let i = 0, at = x; i < rows; i++, at += step) sum = f32x4.add(sum, v128.load(at));
    v128.store(row, sum);
  }
  for (; column < columns; column++, x += 4, row += 4) {
    let sum: f32 = 0;
    for (let i = 0, at = x; i < rows; i++, at += step) sum += load<f32>(at);
    store<f32>(row, sum);
  }
}
