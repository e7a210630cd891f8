// Batch normalisation (Ioffe and Szegedy, 2015) of each column of x [rows × columns]:
//   x̂ = (x − μ) / √(σ² + ε),  y = γ·x̂ + β;  dβ = Σ dy,  dγ = Σ dy·x̂,  dx = γ / √(σ² + ε) · (dy − dβ / rows − x̂·dγ / rows).
// Sums are in f64, over blocks of rows whose number is fixed by the shape, and then over the blocks in their order.

/** Rows of a block of sums. */
export const SUM_ROWS_EACH: i32 = 64;

// @ts-ignore: decorator
@inline
function add(sums: usize, at: usize, values: v128): void {
  v128.store(sums + 2 * at, f64x2.add(v128.load(sums + 2 * at), f64x2.promote_low_f32x4(values)));
  const high = f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 0));
  v128.store(sums + 2 * at, f64x2.add(v128.load(sums + 2 * at, 16), high), 16);
}

/** Σ x and Σ x² of `blocks` blocks from block `first` on to `sums` [block][2][columns], f64. */
export function batchSums(first: i32, blocks: i32, columns: i32, rows: i32, x: usize, sums: usize): void {
  const bytes = (columns as usize) << 2, vectorBytes = (columns as usize & ~3) << 2;
  for (let block = first; block < first + blocks; block++) {
    const to = sums + (block as usize) * 4 * bytes, squares = to + 2 * bytes;
    const count = min(SUM_ROWS_EACH, rows - block * SUM_ROWS_EACH);
    const from = x + (block as usize) * (SUM_ROWS_EACH as usize) * bytes;
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      let low = f64x2.splat(0), high = low, low2 = low, high2 = low;
      for (let i = 0, one = from + at; i < count; i++, one += bytes) {
        const values = v128.load(one);
        const first = f64x2.promote_low_f32x4(values), second = f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 0));
        low = f64x2.add(low, first);
        high = f64x2.add(high, second);
        low2 = f64x2.add(low2, f64x2.mul(first, first));
        high2 = f64x2.add(high2, f64x2.mul(second, second));
      }
      v128.store(to + 2 * at, low);
      v128.store(to + 2 * at, high, 16);
      v128.store(squares + 2 * at, low2);
      v128.store(squares + 2 * at, high2, 16);
    }
    for (; at < bytes; at += 4) {
      let sum: f64 = 0, sum2: f64 = 0;
      for (let i = 0, one = from + at; i < count; i++, one += bytes) {
        const value = load<f32>(one) as f64;
        sum += value;
        sum2 += value * value;
      }
      store<f64>(to + 2 * at, sum);
      store<f64>(squares + 2 * at, sum2);
    }
  }
}

/** Mean and 1 / √(variance + ε) of each column from its sums; running = momentum · running + (1 − momentum) · batch. */
export function batchMoments(
  columns: i32, rows: i32, sums: usize, mean: usize, inverse: usize, runningMean: usize, runningVariance: usize, momentum: f64, epsilon: f64,
): void {
  for (let j = 0; j < columns; j++) {
    const at = (j as usize) << 2;
    const average = total(columns, rows, sums, j) / (rows as f64);
    const variance = max<f64>(total(columns, rows, sums, columns + j) / (rows as f64) - average * average, 0);
    store<f32>(mean + at, average as f32);
    store<f32>(inverse + at, (1 / sqrt<f64>(variance + epsilon)) as f32);
    store<f32>(runningMean + at, (momentum * (load<f32>(runningMean + at) as f64) + (1 - momentum) * average) as f32);
    store<f32>(runningVariance + at, (momentum * (load<f32>(runningVariance + at) as f64) + (1 - momentum) * variance) as f32);
  }
}

// Column `j` of the blocks' sums.
function total(columns: i32, rows: i32, sums: usize, j: i32): f64 {
  let sum: f64 = 0;
  for (let row = 0, at = sums + ((j as usize) << 3); row < rows; row += SUM_ROWS_EACH, at += (columns as usize) << 4) sum += load<f64>(at);
  return sum;
}

/** inverse = 1 / √(variance + ε). */
export function inverseDeviation(columns: i32, variance: usize, inverse: usize, epsilon: f64): void {
  for (let end = variance + ((columns as usize) << 2); variance < end; variance += 4, inverse += 4) {
    store<f32>(inverse, (1 / sqrt<f64>((load<f32>(variance) as f64) + epsilon)) as f32);
  }
}

/** y = (x − mean) · (inverse · γ) + β. */
export function normalize(rows: i32, columns: i32, x: usize, mean: usize, inverse: usize, gamma: usize, beta: usize, y: usize): void {
  const bytes = (columns as usize) << 2, vectorBytes = (columns as usize & ~3) << 2;
  for (let i = 0; i < rows; i++, x += bytes, y += bytes) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const scale = f32x4.mul(v128.load(inverse + at), v128.load(gamma + at));
      const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
      v128.store(y + at, f32x4.add(f32x4.mul(centred, scale), v128.load(beta + at)));
    }
    for (; at < bytes; at += 4) {
      const scale = load<f32>(inverse + at) * load<f32>(gamma + at);
      store<f32>(y + at, (load<f32>(x + at) - load<f32>(mean + at)) * scale + load<f32>(beta + at));
    }
  }
}

/** Σ dy and Σ dy·x̂ of `blocks` blocks from block `first` on to `sums` [block][2][columns], f64. */
export function batchGradientSums(
  first: i32, blocks: i32, columns: i32, rows: i32, x: usize, dy: usize, mean: usize, inverse: usize, sums: usize,
): void {
  const bytes = (columns as usize) << 2, vectorBytes = (columns as usize & ~3) << 2;
  for (let block = first; block < first + blocks; block++) {
    const to = sums + (block as usize) * 4 * bytes, products = to + 2 * bytes;
    const count = min(SUM_ROWS_EACH, rows - block * SUM_ROWS_EACH);
    const start = (block as usize) * (SUM_ROWS_EACH as usize) * bytes;
    memory.fill(to, 0, 4 * bytes);
    for (let i = 0, one = start; i < count; i++, one += bytes) {
      let at: usize = 0;
      for (; at < vectorBytes; at += 16) {
        const slope = v128.load(dy + one + at);
        const hat = f32x4.mul(f32x4.sub(v128.load(x + one + at), v128.load(mean + at)), v128.load(inverse + at));
        add(to, at, slope);
        add(products, at, f32x4.mul(slope, hat));
      }
      for (; at < bytes; at += 4) {
        const slope = load<f32>(dy + one + at);
        const hat = (load<f32>(x + one + at) - load<f32>(mean + at)) * load<f32>(inverse + at);
        store<f64>(to + 2 * at, load<f64>(to + 2 * at) + (slope as f64));
        store<f64>(products + 2 * at, load<f64>(products + 2 * at) + ((slope * hat) as f64));
      }
    }
  }
}

/** dβ and dγ from the blocks' sums. */
export function batchGradients(columns: i32, rows: i32, sums: usize, dgamma: usize, dbeta: usize): void {
  for (let j = 0; j < columns; j++) {
    store<f32>(dbeta + ((j as usize) << 2), total(columns, rows, sums, j) as f32);
    store<f32>(dgamma + ((j as usize) << 2), total(columns, rows, sums, columns + j) as f32);
  }
}

/** dx = inverse · γ · (dy − (dβ + x̂ · dγ) / batch) for `rows` rows of a batch of `batch`; dx may be dy. */
export function normalizeGradient(
  rows: i32, columns: i32, batch: i32, x: usize, dy: usize, mean: usize, inverse: usize, gamma: usize, dgamma: usize, dbeta: usize, dx: usize,
): void {
  const bytes = (columns as usize) << 2, vectorBytes = (columns as usize & ~3) << 2;
  const share: f32 = 1 / (batch as f32);
  for (let i = 0; i < rows; i++, x += bytes, dy += bytes, dx += bytes) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) {
      const scale = v128.load(inverse + at);
      const hat = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), scale);
      const common = f32x4.mul(f32x4.add(v128.load(dbeta + at), f32x4.mul(hat, v128.load(dgamma + at))), f32x4.splat(share));
      v128.store(dx + at, f32x4.mul(f32x4.mul(scale, v128.load(gamma + at)), f32x4.sub(v128.load(dy + at), common)));
    }
    for (; at < bytes; at += 4) {
      const scale = load<f32>(inverse + at);
      const hat = (load<f32>(x + at) - load<f32>(mean + at)) * scale;
      const common = (load<f32>(dbeta + at) + hat * load<f32>(dgamma + at)) * share;
      store<f32>(dx + at, scale * load<f32>(gamma + at) * (load<f32>(dy + at) - common));
    }
  }
}
