// relu(x) = max(x, 0); its gradient at 0 is 0. A NaN goes through, so that a broken run shows.
// Blocks [rows × columns] of larger matrices: `stride` is bytes from row to row, the same in all operands.

/** y = relu(x) on a block; y may be x. */
export function relu(rows: i32, columns: i32, stride: usize, x: usize, y: usize): void {
  const zero = f32x4.splat(0);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    // pmax(a, b) = a < b ? b : a keeps a NaN in its first operand.
    for (; at < vectorBytes; at += 16) v128.store(y + at, f32x4.pmax(v128.load(x + at), zero));
    for (; at < bytes; at += 4) {
      const value = load<f32>(x + at);
      store<f32>(y + at, value < 0 ? 0 : value);
    }
  }
}

/** dx = dy where y > 0, else 0, on a block; y is relu's output, dx may be dy. */
export function reluGradient(rows: i32, columns: i32, stride: usize, y: usize, dy: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, y += stride, dy += stride, dx += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(dx + at, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), zero)));
    for (; at < bytes; at += 4) store<f32>(dx + at, load<f32>(y + at) > 0 ? load<f32>(dy + at) : 0);
  }
}
