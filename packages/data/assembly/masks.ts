// 64 bytes of text as masks of 64 bits: bit i stands for byte i.

/** The mask of four vectors whose lanes are 0 or 255. */
// @ts-ignore: decorator
@inline
export function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u64>(<u32>i8x16.bitmask(a)) | (<u64>(<u32>i8x16.bitmask(b)) << 16);
  const high = <u64>(<u32>i8x16.bitmask(c)) | (<u64>(<u32>i8x16.bitmask(d)) << 16);
  return low | (high << 32);
}

/** The bytes of four vectors that are the one in each lane of the vector at `wanted`. */
// @ts-ignore: decorator
@inline
export function maskOf(a: v128, b: v128, c: v128, d: v128, wanted: usize): u64 {
  const byte = v128.load(wanted);
  return mask(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}
