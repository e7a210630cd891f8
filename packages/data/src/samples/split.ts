// A part of the samples set aside, for validation or for a test. The seed fixes it, on every engine.
import { shuffle, type RandomStream } from "@downhill/random";
import { DataError } from "../DataError.ts";
import type { ClassTargets, Samples } from "./Samples.ts";
import { takeRows } from "./takeRows.ts";

/**
 * Splits samples at random into the rest and a part of about `fraction` of the rows, at least one row each. With classes each class gives
 * its share, so that the part has them in the same proportions. Rows keep their order within both. Throws a DataError for a fraction
 * outside (0, 1) and for fewer than two rows.
 */
export function split(samples: Samples, fraction: number, stream: RandomStream): [rest: Samples, part: Samples] {
  const { count, targets } = samples;
  if (!(fraction > 0 && fraction < 1)) throw new DataError(`split: the fraction is ${fraction}; it must lie between 0 and 1`);
  if (count < 2) throw new DataError(`split: the number of rows is ${count}; two parts need at least 2`);
  const groups = targets.kind === "classes" ? rowsByClass(targets) : [Uint32Array.from({ length: count }, (_, row) => row)];
  const sizes = shares(
    groups.map((rows) => rows.length),
    fraction,
    count,
  );
  const inPart = new Uint8Array(count);
  groups.forEach((rows, group) => {
    for (const row of shuffle(rows, stream).subarray(0, sizes[group])) inPart[row] = 1;
  });
  // What was left out of the file is told of the rest.
  const { leftOut: _, ...part } = takeRows(samples, rowsWith(inPart, 1));
  return [takeRows(samples, rowsWith(inPart, 0)), { ...part, ...(part.table && { table: { ...part.table, dropped: 0 } }) }];
}

function rowsByClass({ indices, classes }: ClassTargets): Uint32Array[] {
  const rows = classes.map((): number[] => []);
  indices.forEach((index, row) => rows[index].push(row));
  return rows.map((list) => Uint32Array.from(list));
}

// Each group's share rounded down, and what is missing to the total given to the largest remainders, the first of equals
// first (sorting is stable).
function shares(counts: readonly number[], fraction: number, count: number): number[] {
  const total = Math.min(count - 1, Math.max(1, Math.floor(count * fraction + 0.5)));
  const sizes = counts.map((rows) => Math.floor(rows * fraction));
  const remainders = counts.map((rows, group) => rows * fraction - sizes[group]);
  let missing = total - sizes.reduce((sum, size) => sum + size, 0);
  for (const group of counts.map((_, index) => index).toSorted((a, b) => remainders[b] - remainders[a])) {
    if (missing > 0 && sizes[group] < counts[group]) {
      sizes[group] += 1;
      missing -= 1;
    }
  }
  return sizes;
}

function rowsWith(flags: Uint8Array, flag: number): Uint32Array {
  const rows: number[] = [];
  flags.forEach((found, row) => {
    if (found === flag) rows.push(row);
  });
  return Uint32Array.from(rows);
}
