// Dropout, inverted: an element is kept with probability 1 − rate and then divided by it. What is dropped is drawn from
// Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, 2011), as @downhill/random draws it: element i of a step takes draw
// number position + i of the stream of `key`. So it depends on no thread, and a position is all there is to save.
const PARITY: i32 = 0x1bd11bda;

/** Draws begin at multiples of this, so that four counters never carry into their high halves. */
export const DRAWS_EACH: i32 = 8;

// @ts-ignore: decorator
@inline
function round(x0: v128, x1: v128, rotation: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(x1, rotation), i32x4.shr_u(x1, 32 - rotation)), x0);
}

/**
 * y = x ∘ factors over `count` elements from number `first` on, where a factor is 0 with probability threshold / 2³², else
 * `scale`; the draws begin at the f64 at `position`.
 */
export function dropout(
  first: i32, count: i32, key0: i32, key1: i32, position: usize, threshold: u32, scale: f32, x: usize, y: usize, factors: usize,
): void {
  const key2 = PARITY ^ key0 ^ key1;
  let block = (((load<f64>(position) as i64) + first) >> 1) as u64;
  const bound = i32x4.splat(threshold as i32), kept = f32x4.splat(scale);
  const k0 = i32x4.splat(key0), k1 = i32x4.splat(key1), k2 = i32x4.splat(key2);
  const k1a = i32x4.splat(key2 + 1), k2a = i32x4.splat(key0 + 2), k3a = i32x4.splat(key1 + 3), k4a = i32x4.splat(key2 + 4);
  const k5a = i32x4.splat(key0 + 5);
  for (let i = 0; i < count; i += DRAWS_EACH, block += 4) {
    let x0 = i32x4.add(i32x4.add(i32x4.splat(block as i32), i32x4(0, 1, 2, 3)), k0);
    let x1 = i32x4.add(i32x4.splat((block >> 32) as i32), k1);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 13);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 15);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 26);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 6);
    x0 = i32x4.add(x0, k1); x1 = i32x4.add(x1, k1a);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 17);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 29);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 16);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 24);
    x0 = i32x4.add(x0, k2); x1 = i32x4.add(x1, k2a);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 13);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 15);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 26);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 6);
    x0 = i32x4.add(x0, k0); x1 = i32x4.add(x1, k3a);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 17);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 29);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 16);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 24);
    x0 = i32x4.add(x0, k1); x1 = i32x4.add(x1, k4a);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 13);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 15);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 26);
    x0 = i32x4.add(x0, x1); x1 = round(x0, x1, 6);
    x0 = i32x4.add(x0, k2); x1 = i32x4.add(x1, k5a);
    const low = v128.and(i32x4.ge_u(i32x4.shuffle(x0, x1, 0, 4, 1, 5), bound), kept);
    const high = v128.and(i32x4.ge_u(i32x4.shuffle(x0, x1, 2, 6, 3, 7), bound), kept);
    const at = (i as usize) << 2;
    if (i + DRAWS_EACH <= count) {
      v128.store(factors + at, low);
      v128.store(factors + at, high, 16);
      v128.store(y + at, f32x4.mul(v128.load(x + at), low));
      v128.store(y + at, f32x4.mul(v128.load(x + at, 16), high), 16);
      continue;
    }
    storeRest(min(4, count - i), low, x + at, y + at, factors + at);
    storeRest(max(0, count - i - 4), high, x + at + 16, y + at + 16, factors + at + 16);
  }
}

// The first `count` of four lanes, one after the other.
function storeRest(count: i32, lanes: v128, x: usize, y: usize, factors: usize): void {
  for (let lane = 0; lane < count; lane++, x += 4, y += 4, factors += 4) {
    const factor = f32x4.extract_lane(lanes, 0);
    lanes = i32x4.shuffle(lanes, lanes, 1, 2, 3, 0);
    store<f32>(factors, factor);
    store<f32>(y, load<f32>(x) * factor);
  }
}

/** z = x ∘ y over `count` elements; z may be one of them. */
export function multiply(count: i32, x: usize, y: usize, z: usize): void {
  const end = x + ((count as usize) << 2), vectorEnd = x + ((count as usize & ~3) << 2);
  for (; x < vectorEnd; x += 16, y += 16, z += 16) v128.store(z, f32x4.mul(v128.load(x), v128.load(y)));
  for (; x < end; x += 4, y += 4, z += 4) store<f32>(z, load<f32>(x) * load<f32>(y));
}

/** cell = cell + amount, for the f64 at `cell`. */
export function advance(cell: usize, amount: f64): void {
  store<f64>(cell, load<f64>(cell) + amount);
}
