// The number that a text writes, by JavaScript's own conversion: what the reader's numbers are compared with.

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WORD = /^([+-]?)(nan|inf|infinity)$/i;

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Whether the reader gave for the text what it should: `found` is undefined where it took the text for no number. */
export function isNumberOf(text: string, found: number | undefined): boolean {
  const trimmed = text.replaceAll(/^[ \t]+|[ \t]+$/g, "");
  const word = WORD.exec(trimmed);
  if (word !== null) {
    const sign = word[1] === "-" ? -1 : 1;
    return Object.is(found, /^n/i.test(word[2]) ? Number.NaN : sign * Number.POSITIVE_INFINITY);
  }
  if (!NUMBER.test(trimmed)) return found === undefined;
  const exact = Number(trimmed);
  const nearest = Math.fround(exact);
  if (Object.is(found, nearest)) return true;
  // Rounded to f64, a decimal may come to lie in the middle between two f32; either of them may then be the nearest to it.
  const other = neighbour(nearest, exact);
  return found === other && Math.abs(exact - nearest) === Math.abs(other - exact);
}

// The next f32 from `value` in the direction of `towards`.
function neighbour(value: number, towards: number): number {
  float[0] = value;
  bits[0] += Math.abs(towards) > Math.abs(value) ? 1 : -1;
  return float[0] === Number.POSITIVE_INFINITY ? 2 ** 128 : float[0];
}
