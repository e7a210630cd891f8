// Documents that are numbers for the most part, in every spelling and with every fault that can be in their place.

/** Whole numbers from 0 to below the limit, the same for the same seed. */
export function randomIntegers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) % limit;
  };
}

/** Draws a whole number from 0 to below the limit. */
export type Draw = (limit: number) => number;

const digits = (draw: Draw, count: number): string => Array.from({ length: count }, () => draw(10)).join("");

// Two in three are zeros or short, as in images; the others are what else the table of spellings allows.
const SPELLINGS: readonly ((draw: Draw) => string)[] = [
  () => "0",
  (draw) => String(draw(256)),
  (draw) => digits(draw, 1 + draw(9)),
  (draw) => `-${digits(draw, 1 + draw(5))}`,
  (draw) => `${digits(draw, 1 + draw(3))}.${digits(draw, 1 + draw(5))}`,
  (draw) => `-${digits(draw, 1 + draw(3))}.${digits(draw, 1 + draw(5))}`,
  (draw) => `${digits(draw, draw(12))}.${digits(draw, 1 + draw(12))}`,
  (draw) => `0.${"0".repeat(draw(8))}${digits(draw, 1 + draw(20))}`,
  (draw) => `${digits(draw, 1)}.${digits(draw, 18)}e${["+", "-", ""][draw(3)]}${digits(draw, 2)}`,
  (draw) => `${digits(draw, 1 + draw(4))}E${draw(60) - 30}`,
  (draw) => String(16_777_216 + draw(100_000)),
  (draw) => digits(draw, 20 + draw(60)),
  (draw) => `+${draw(100)}.${draw(10)}`,
  (draw) => `${draw(100)}.`,
];
const ODDITIES = [" 1.5", "7\t ", "nan", "-inf", '"3"', '" 4.5 "', "1e-46", "1e39", "-0", "-.5", "1e99999", "0e999999"];
const FAULTS = ["", "x", "1.2.3", "1-2", "--1", "1e", ".", "-", "12a", '"', '"1"2', "1 2", "é", "\0", "+", "7\r", "1/2", "1:2"];
const ENDS = ["\n", "\n", "\r\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r\n"];

/** A table of 1 to 40 columns and up to 12 rows. One field in `oddOneIn` is unusual, and in one document of four there are faults. */
export function numericDocument(draw: Draw): { text: string; delimiter: string } {
  const delimiter = [",", ",", ";", "\t", "|", " ", "x", "-", "5"][draw(9)];
  const columns = 1 + draw(draw(2) === 0 ? 4 : 40);
  const oddOneIn = [5, 50, 500][draw(3)];
  const faulty = draw(4) === 0;
  const spellings = draw(3) === 0 ? SPELLINGS : SPELLINGS.slice(0, [2, 3, 6][draw(3)]);
  const zeros = draw(3) === 0;
  const end = ENDS[draw(ENDS.length)];
  const field = (): string => {
    if (draw(oddOneIn) === 0) return ODDITIES[draw(ODDITIES.length)];
    if (faulty && draw(60) === 0) return FAULTS[draw(FAULTS.length)];
    return zeros && draw(20) > 0 ? "0" : spellings[draw(spellings.length)](draw);
  };
  let text = "";
  for (let row = draw(12); row >= 0; row -= 1) {
    const wanted = faulty && draw(30) === 0 ? Math.max(1, columns + draw(3) - 1) : columns;
    text += Array.from({ length: wanted }, field).join(delimiter);
    if (row > 0 || draw(2) === 0) text += draw(20) === 0 ? ENDS[draw(ENDS.length)] : end;
  }
  return { text, delimiter };
}
