// The tile sizes of gemm, named as in BLIS: the micro-kernel holds an MR × NR tile of C in registers, a packed block
// of A is MC × KC and a packed panel of B is KC × NC. KC decides the order of every sum; the others change no bit.
//
// MR × NR: 8 accumulators of f32x4 leave room for the operands in x86's 16 vector registers. Where an engine makes one
// 256-bit operation of two neighbours, 4 × 16 takes the same registers.
// KC: a KC × NR sliver of B (8 KiB) and a KC × MR sliver of A (4 KiB) stay in L1 together.
// MC: the packed block of A (120 KiB) stays in L2. NC: the packed panel of B (1 MiB) stays in L2 or L3.
export const MR: i32 = 4;
export const NARROW_NR: i32 = 8;
export const WIDE_NR: i32 = 16;
export const KC: i32 = 256;
export const MC: i32 = 120;
export const NC: i32 = 1024;

// Byte stride of a packed sliver of A: MR × 4.
export const A_STEP: usize = 16;
