// One field of any plain spelling → f32: blanks around it, a sign, digits, a dot, an exponent. Whatever else there is in
// a field, and the few numbers too close to the middle between two f32, are left to the general parser.
//
// The first 18 significant digits are m; m·10^e comes out of one f64 operation within 2^-45 of the true value, digits left out
// included. If both ends of that interval round to the same f32, that f32 is the nearest, since rounding is monotone.
import { DOT, E, MINUS, PLUS, SPACE, TAB, ZERO } from "./characters";

const KEPT_DIGITS: i32 = 18;
const MARGIN: f64 = 1.0 / 35184372088832.0; // 2^-45
const MAX_POWER: i32 = 66;
const MAX_EXPONENT: i32 = 100000;

/** The result for what is left to the general parser. No number that is read here is NaN. */
export const LEFT: f32 = NaN;

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return byte == SPACE || byte == TAB;
}

/** The number in [start, end); `powers` are 10^0 … 10^66 as f64. */
export function parseNumber(start: usize, end: usize, powers: usize): f32 {
  while (start < end && isBlank(load<u8>(start))) start += 1;
  while (start < end && isBlank(load<u8>(end - 1))) end -= 1;
  if (start == end) return LEFT;
  let at = start;
  const sign: u32 = load<u8>(at);
  if (sign == MINUS || sign == PLUS) at += 1;
  let mantissa: u64 = 0;
  let kept: i32 = 0;
  let digits: i32 = 0;
  let exponent: i32 = 0;
  let fraction: i32 = 0;
  for (; at < end; at += 1) {
    const digit = <u32>load<u8>(at) - ZERO;
    if (digit > 9) {
      if (digit != DOT - ZERO || fraction) break;
      fraction = 1;
      continue;
    }
    digits += 1;
    if (kept == KEPT_DIGITS) {
      exponent += 1 - fraction;
      continue;
    }
    mantissa = mantissa * 10 + digit;
    kept += i32(mantissa != 0);
    exponent -= fraction;
  }
  if (digits == 0) return LEFT;
  if (at < end) {
    if ((<u32>load<u8>(at) | 32) != E) return LEFT;
    at += 1;
    if (at == end) return LEFT;
    const exponentSign: u32 = load<u8>(at);
    if (exponentSign == MINUS || exponentSign == PLUS) at += 1;
    if (at == end) return LEFT;
    let written: i32 = 0;
    for (; at < end; at += 1) {
      const digit = <u32>load<u8>(at) - ZERO;
      if (digit > 9 || written > MAX_EXPONENT) return LEFT;
      written = written * 10 + digit;
    }
    exponent += exponentSign == MINUS ? -written : written;
  }
  const magnitude = round(mantissa, exponent, powers);
  return sign == MINUS ? -magnitude : magnitude;
}

function round(mantissa: u64, exponent: i32, powers: usize): f32 {
  if (mantissa == 0) return 0;
  if (exponent > MAX_POWER || exponent < -MAX_POWER) return LEFT;
  // Below 10^18 the signed conversion is the same, and much quicker.
  const whole = <f64>(<i64>mantissa);
  const value =
    exponent < 0 ? whole / load<f64>(powers + (<usize>-exponent << 3)) : whole * load<f64>(powers + (<usize>exponent << 3));
  const low = <f32>(value * (1 - MARGIN));
  return low == <f32>(value * (1 + MARGIN)) ? low : LEFT;
}
