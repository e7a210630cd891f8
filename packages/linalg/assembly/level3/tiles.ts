// The tile sizes of gemm, named as in BLIS: the micro-kernel holds an MR × NR tile of C in registers, a packed block
// of A is MC × KC and a packed panel of B is KC × NC. KC decides the order of every sum; the others change no bit.
//
// MR × NR: where an engine makes one 256-bit operation of two of 128, 4 × 16 fills x86's 16 vector registers; else its two
// halves of 4 × 8 do, one after the other on the same sliver of B.
// KC: a KC × NR sliver of B (25 KiB) and a KC × MR sliver of A (6 KiB) stay in L1 together.
// MC: the packed block of A (50 KiB) stays in L2. NC: the packed panel of B (1.6 MiB) stays in L2 or L3.
export const MR: i32 = 4;
export const NR: i32 = 16;
export const KC: i32 = 400;
export const MC: i32 = 32;
export const NC: i32 = 1024;

// Byte strides of the packed slivers: MR × 4 and NR × 4.
export const A_STEP: usize = 16;
export const B_STEP: usize = 64;

/** Blocks that k is cut into: of at most KC, and as equal as can be, so that none is too short to be worth its tiles. */
// @ts-ignore: decorator
@inline
export function depthBlocks(k: i32): i32 {
  return (k + KC - 1) / KC;
}

/** The depth of a block of k, k ≥ 1; the last one may be shallower. */
// @ts-ignore: decorator
@inline
export function blockDepth(k: i32): i32 {
  const blocks = depthBlocks(k);
  return (k + blocks - 1) / blocks;
}
