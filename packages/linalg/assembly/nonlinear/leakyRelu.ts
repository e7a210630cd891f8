// leakyRelu(x) = x where x > 0, else slope · x, 0 ≤ slope. A NaN goes through. Blocks [rows × columns] of larger matrices:
// `stride` is bytes from row to row.

/** y = leakyRelu(x) on a block; y may be x. */
export function leakyRelu(rows: i32, columns: i32, stride: usize, slope: f32, x: usize, y: usize): void {
  const zero = f32x4.splat(0);
  const lanes = f32x4.splat(slope);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += stride, y += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const value = v128.load(x + at);
      v128.store(y + at, v128.bitselect(value, f32x4.mul(lanes, value), f32x4.gt(value, zero)));
    }
    for (; at < bytes; at += 4) {
      const value = load<f32>(x + at);
      store<f32>(y + at, value > 0 ? value : slope * value);
    }
  }
}

/** dx = dy where y > 0, else slope · dy, on a block; y is leakyRelu's output, dx may be dy. */
export function leakyReluGradient(rows: i32, columns: i32, stride: usize, slope: f32, y: usize, dy: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  const lanes = f32x4.splat(slope);
  const bytes = (columns as usize) << 2;
  const vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, y += stride, dy += stride, dx += stride) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const value = v128.load(dy + at);
      v128.store(dx + at, v128.bitselect(value, f32x4.mul(lanes, value), f32x4.gt(v128.load(y + at), zero)));
    }
    for (; at < bytes; at += 4) {
      const value = load<f32>(dy + at);
      store<f32>(dx + at, load<f32>(y + at) > 0 ? value : slope * value);
    }
  }
}
