// A part of a long check: `--slice 3/8` is the third of eight interleaved parts, the whole by default.
import { parseArgs } from "node:util";

/** Item `index` is in the slice if `index % of === number`. */
export interface Slice {
  /** From 0. */
  readonly number: number;
  readonly of: number;
}

/** The slice that the command line asks for. Throws a RangeError if there is none such. */
export function parseSlice(): Slice {
  const { slice = "1/1" } = parseArgs({ options: { slice: { type: "string" } } }).values;
  const [number, of] = (/^(\d+)\/(\d+)$/.exec(slice) ?? []).slice(1).map(Number);
  if (!(number >= 1 && number <= of)) throw new RangeError(`--slice is ${slice}; give it as 1/8 … 8/8`);
  return { number: number - 1, of };
}
