// The checksum of event files: CRC-32C (Castagnoli), masked as TFRecord has it, so that a checksum stored among data that
// is summed again doesn't spoil the sum.
const POLYNOMIAL = 0x82f63b78;
const MASK_DELTA = 0xa282ead8;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** CRC-32C of `bytes` from `start` to before `end`, reflected, init and final xor all ones (RFC 3720, appendix B.4). */
export function crc32c(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  let crc = 0xffffffff;
  for (let index = start; index < end; index += 1) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[index]) & 0xff];
  return ~crc >>> 0;
}

/** `crc` turned right by 15 bits, plus a constant, modulo 2³². */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
