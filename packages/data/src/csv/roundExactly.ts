// The rare case of number parsing: a decimal so close to the middle between two f32 that only exact arithmetic tells
// which is nearer. All in whole numbers.
import { DOT } from "./characters.ts";

// The middle between two f32 has at most 151 significant digits (its last bit is at least 2^-150), so of all digits
// behind these it matters only whether one of them is not zero.
const ENOUGH_DIGITS = 160;

const F32_BITS = 24;
const LEAST_UNIT = -149;

/**
 * The f32 nearest to digits·10^exponent, the even one of two equally near. The digits are those in bytes [start, end), which may hold
 * a dot; `exponent` is that of the last of the first `kept` significant ones.
 */
export function roundExactly(bytes: Uint8Array, start: number, end: number, exponent: number, kept: number): number {
  let digits = "";
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== DOT) digits += String.fromCharCode(bytes[at]);
  }
  digits = digits.replace(/^0+/, "");
  const enough = digits.slice(0, ENOUGH_DIGITS) + (/[1-9]/.test(digits.slice(ENOUGH_DIGITS)) ? "1" : "");
  const power = exponent + kept - enough.length;
  const numerator = BigInt(enough) * (power > 0 ? 10n ** BigInt(power) : 1n);
  const denominator = power < 0 ? 10n ** BigInt(-power) : 1n;
  return nearest(numerator, denominator);
}

function nearest(numerator: bigint, denominator: bigint): number {
  // The result is quotient·2^unit with a quotient of 24 bits, fewer only where the unit can't be smaller.
  let unit = Math.max(LEAST_UNIT, bitLength(numerator) - bitLength(denominator) - F32_BITS);
  let divided = divide(numerator, denominator, unit);
  if (bitLength(divided.quotient) > F32_BITS) {
    unit += 1;
    divided = divide(numerator, denominator, unit);
  }
  const { quotient, remainder, divisor } = divided;
  const twice = 2n * remainder;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  let value = Number(up ? quotient + 1n : quotient);
  for (; unit > 0; unit -= 1) value *= 2;
  for (; unit < 0; unit += 1) value /= 2;
  return Math.fround(value);
}

function divide(numerator: bigint, denominator: bigint, unit: number): { quotient: bigint; remainder: bigint; divisor: bigint } {
  const dividend = unit < 0 ? numerator << BigInt(-unit) : numerator;
  const divisor = unit > 0 ? denominator << BigInt(unit) : denominator;
  return { quotient: dividend / divisor, remainder: dividend % divisor, divisor };
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
