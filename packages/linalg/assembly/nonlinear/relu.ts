// relu(x) = max(x, 0); its gradient at 0 is 0. A NaN goes through, so that a broken run shows.

/** y = relu(x) over `count` elements; y may be x. */
export function relu(count: i32, x: usize, y: usize): void {
  const zero = f32x4.splat(0);
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  // pmax(a, b) = a < b ? b : a keeps a NaN in its first operand.
  for (; x < vectorEnd; x += 16, y += 16) v128.store(y, f32x4.pmax(v128.load(x), zero));
  for (; x < end; x += 4, y += 4) {
    const value = load<f32>(x);
    store<f32>(y, value < 0 ? 0 : value);
  }
}

/** dx = dy where y > 0, else 0; y is relu's output, dx may be dy. */
export function reluGradient(count: i32, y: usize, dy: usize, dx: usize): void {
  const zero = f32x4.splat(0);
  const end = y + ((count as usize) << 2);
  const vectorEnd = y + ((count as usize & ~3) << 2);
  for (; y < vectorEnd; y += 16, dy += 16, dx += 16) v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
  for (; y < end; y += 4, dy += 4, dx += 4) store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0);
}
