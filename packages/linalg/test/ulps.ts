/**
 * The distance of the f32 `actual` from the real number `expected`, in units of f32's last place there; 0 if it is `expected`
 * rounded. Infinity where NaN, an infinity or the sign of a zero is wrong.
 */
export function ulps(actual: number, expected: number): number {
  const rounded = Math.fround(expected);
  if (Object.is(actual, rounded)) return 0;
  if (!Number.isFinite(rounded) || !Number.isFinite(actual) || actual === rounded) return Infinity;
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(rounded))));
  return Math.abs(actual - expected) / 2 ** (exponent - 23);
}
