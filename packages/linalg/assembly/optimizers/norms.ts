// The norm of all gradients together, as a sum whose parts and order are fixed by the shapes: the norm of each block of
// NORM_BLOCK elements, in f32 (the root of a sum in f64, so that no square overflows), then the sum of their squares in order.

/** Elements of a block. */
export const NORM_BLOCK: i32 = 1024;

/** norms[b] = ‖block b of x‖₂ for `blocks` blocks, the last one ending with `count` elements. */
export function blockNorms(blocks: i32, count: i32, x: usize, norms: usize): void {
  for (let block = 0; block < blocks; block++, norms += 4) {
    const size = min(NORM_BLOCK, count - block * NORM_BLOCK);
    let even: f64 = 0, odd: f64 = 0;
    for (const end = x + ((size as usize & ~1) << 2); x < end; x += 8) {
      const first = load<f32>(x) as f64, second = load<f32>(x, 4) as f64;
      even += first * first;
      odd += second * second;
    }
    if (size & 1) {
      const last = load<f32>(x) as f64;
      even += last * last;
      x += 4;
    }
    store<f32>(norms, sqrt(even + odd) as f32);
  }
}

/** The f64 at `scale` = the factor that brings the norm of `count` norms down to `limit`; 1 where it is not above it. */
export function clipScale(count: i32, norms: usize, limit: f64, scale: usize): void {
  let squares: f64 = 0;
  for (const end = norms + ((count as usize) << 2); norms < end; norms += 4) {
    const part = load<f32>(norms) as f64;
    squares += part * part;
  }
  const norm = sqrt(squares);
  store<f64>(scale, norm > limit ? limit / norm : 1);
}
