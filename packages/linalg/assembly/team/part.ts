// How work is divided: contiguous parts, so that an output element is one thread's from its first to its last term.
// The parts depend on the number of threads; what is computed for an element does not.

/** Elements are handed out by cache lines: no two threads write to the same one. */
export const LINE: i32 = 16;
/** A product with fewer columns for each thread than this is divided by rows. */
export const COLUMNS_EACH: i32 = 32;

/** Where the part of `thread` begins among `count` items that are handed out in multiples of `unit`. */
// @ts-ignore: decorator
@inline
export function partStart(count: i32, unit: i32, thread: i32, threads: i32): i32 {
  const units = ((count as i64) + unit - 1) / unit;
  return min<i64>(count, ((units * thread) / threads) * unit) as i32;
}
