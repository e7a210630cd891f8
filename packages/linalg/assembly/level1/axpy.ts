/** y += α · x on a block [rows × columns], `stride` bytes from row to row; α is the f64 at `alpha`, rounded to f32. */
export function axpy(rows: i32, columns: i32, stride: usize, alpha: usize, x: usize, y: usize): void {
  const a = load<f64>(alpha) as f32;
  const lanes = f32x4.splat(a);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(lanes, v128.load(x + at))));
    for (; at < bytes; at += 4) store<f32>(y + at, load<f32>(y + at) + a * load<f32>(x + at));
  }
}
