/** Y[i, :] += row for every row of a block Y [rows × columns], `stride` bytes from row to row. */
export function addRow(rows: i32, columns: i32, stride: usize, row: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(row + at)));
    for (; at < bytes; at += 4) store<f32>(y + at, load<f32>(y + at) + load<f32>(row + at));
  }
}
