// The arguments of a job stand in memory as f64: whole numbers, addresses and f32 are exact in it.

/** Number `index` as it is. */
// @ts-ignore: decorator
@inline
export function realAt(args: usize, index: i32): f64 {
  return load<f64>(args + ((index as usize) << 3));
}

/** Number `index` as a whole number. */
// @ts-ignore: decorator
@inline
export function countAt(args: usize, index: i32): i32 {
  return realAt(args, index) as i32;
}

/** Number `index` as an address, which reaches beyond i32's positive half. */
// @ts-ignore: decorator
@inline
export function addressAt(args: usize, index: i32): usize {
  return realAt(args, index) as u32 as usize;
}
