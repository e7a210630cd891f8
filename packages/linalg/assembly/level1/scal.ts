/** x = α · x over `count` elements. */
export function scal(count: i32, alpha: f32, x: usize): void {
  const end = x + ((count as usize) << 2);
  for (; x < end; x += 4) store<f32>(x, alpha * load<f32>(x));
}
