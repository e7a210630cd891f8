/** y += α · x over `count` elements; α is the f64 at `alpha`, rounded to f32. */
export function axpy(count: i32, alpha: usize, x: usize, y: usize): void {
  const a = load<f64>(alpha) as f32;
  const lanes = f32x4.splat(a);
  const end = x + ((count as usize) << 2);
  const vectorEnd = x + ((count as usize & ~3) << 2);
  for (; x < vectorEnd; x += 16, y += 16) v128.store(y, f32x4.add(v128.load(y), f32x4.mul(lanes, v128.load(x))));
  for (; x < end; x += 4, y += 4) store<f32>(y, load<f32>(y) + a * load<f32>(x));
}
