// A field's bytes → the f32 nearest to the number they write, with no string between. The accepted spellings are in the README's table.
//
// The first 15 significant digits are an exact f64 m, and m·10^e comes out of one more operation within 2^-45 of the true
// value, digits left out included. If both ends of that interval round to the same f32, that f32 is the nearest to the
// true value, since rounding is monotone. Only a number closer than that to the middle between two f32 is settled exactly.
import { DOT, MINUS, PLUS, ZERO, isBlank } from "./characters.ts";
import { roundExactly } from "./roundExactly.ts";

const KEPT_DIGITS = 15;
const MARGIN = 2 ** -45;
const E = 101;
const MAX_EXPONENT = 100_000_000;

/** 10^0 … 10^66; with 15 digits, a larger power is beyond the largest f32 and a smaller one below half the least. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 67 }, (_, exponent) => Number(`1e${exponent}`));

/** The number in bytes [start, end), correctly rounded to f32; undefined when they are no number. Blanks around it are allowed. */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  while (at < end && isBlank(bytes[at])) at += 1;
  while (at < end && isBlank(bytes[end - 1])) end -= 1;
  const negative = bytes[at] === MINUS;
  if (at < end && (negative || bytes[at] === PLUS)) at += 1;
  const magnitude = parseMagnitude(bytes, at, end);
  return negative && magnitude !== undefined ? -magnitude : magnitude;
}

function parseMagnitude(bytes: Uint8Array, start: number, end: number): number | undefined {
  let mantissa = 0;
  let kept = 0;
  let digits = 0;
  let exponent = 0;
  let fraction = 0;
  let at = start;
  for (; at < end; at += 1) {
    const digit = bytes[at] - ZERO;
    if (digit >>> 0 > 9) {
      if (bytes[at] !== DOT || fraction === 1) break;
      fraction = 1;
      continue;
    }
    digits += 1;
    if (kept === KEPT_DIGITS) {
      exponent += 1 - fraction;
      continue;
    }
    mantissa = mantissa * 10 + digit;
    if (mantissa > 0) kept += 1;
    exponent -= fraction;
  }
  if (digits === 0) return at === start ? parseWord(bytes, start, end) : undefined;
  const digitsEnd = at;
  if (at < end) {
    if ((bytes[at] | 32) !== E) return undefined;
    const written = parseExponent(bytes, at + 1, end);
    if (written === undefined) return undefined;
    exponent += written;
  }
  if (mantissa === 0) return 0;
  if (exponent >= POWERS_OF_TEN.length) return Number.POSITIVE_INFINITY;
  if (exponent <= -POWERS_OF_TEN.length) return 0;
  const rounded = roundApproximate(exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent]);
  return Number.isNaN(rounded) ? roundExactly(bytes, start, digitsEnd, exponent, kept) : rounded;
}

// The f32 that every number within the margin of `value` rounds to; NaN when they differ.
function roundApproximate(value: number): number {
  const low = Math.fround(value * (1 - MARGIN));
  return low === Math.fround(value * (1 + MARGIN)) ? low : Number.NaN;
}

function parseExponent(bytes: Uint8Array, start: number, end: number): number | undefined {
  const negative = bytes[start] === MINUS;
  let at = start < end && (negative || bytes[start] === PLUS) ? start + 1 : start;
  if (at === end) return undefined;
  let exponent = 0;
  for (; at < end; at += 1) {
    const digit = bytes[at] - ZERO;
    if (digit >>> 0 > 9) return undefined;
    exponent = Math.min(exponent * 10 + digit, MAX_EXPONENT);
  }
  return negative ? -exponent : exponent;
}

const WORDS = [
  { spelling: "nan", value: Number.NaN },
  { spelling: "inf", value: Number.POSITIVE_INFINITY },
  { spelling: "infinity", value: Number.POSITIVE_INFINITY },
];

function parseWord(bytes: Uint8Array, start: number, end: number): number | undefined {
  const matches = (spelling: string): boolean =>
    spelling.length === end - start && Array.from(spelling).every((letter, index) => (bytes[start + index] | 32) === letter.charCodeAt(0));
  return WORDS.find(({ spelling }) => matches(spelling))?.value;
}
