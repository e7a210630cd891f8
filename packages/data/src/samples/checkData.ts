// A look at the samples as they were read, before anything is fitted: what is allowed, and often a mistake. Rows are
// compared by a hash of 53 bits each, sorted, so that the work is n·log n and the memory 8 bytes a row.
import type { LeftOut } from "./leftOut.ts";
import type { Features, Samples } from "./Samples.ts";

/** What was found in one set. */
export interface SetCheck {
  readonly name: string;
  readonly rows: number;
  /** Malformed records left out, by file. */
  readonly leftOut?: readonly LeftOut[];
  /** Rows left out because a value is missing. */
  readonly dropped: number;
  /** Feature values that are missing in a configured table. */
  readonly missing: number;
  /** Feature values that are NaN or infinite elsewhere. */
  readonly notFinite: number;
  /** The least and the largest finite feature; categories are left out. */
  readonly minimum: number;
  readonly maximum: number;
  /** Features, by index, that have one value in all rows. */
  readonly constant: readonly number[];
  /** Rows whose features an earlier row of the set has too. */
  readonly repeated: number;
  /** Rows whose features a row of the first set has too. */
  readonly inFirst: number;
  /** Rows of each class. */
  readonly histogram?: readonly number[];
}

/** Checks named sets, the training set first. */
export function checkData(sets: readonly (readonly [name: string, samples: Samples])[]): SetCheck[] {
  let first: Float64Array | undefined;
  return sets.map(([name, samples]) => {
    const hashes = rowHashes(samples).toSorted();
    const inFirst = first === undefined ? 0 : countShared(first, hashes);
    first ??= hashes;
    const { targets, table, count, leftOut } = samples;
    return {
      name,
      rows: count,
      ...(leftOut && { leftOut }),
      dropped: table?.dropped ?? 0,
      ...checkValues(samples),
      repeated: hashes.reduce((sum, hash, place) => sum + (place > 0 && hash === hashes[place - 1] ? 1 : 0), 0),
      inFirst,
      ...(targets.kind === "classes" && { histogram: countClasses(targets.indices, targets.classes.length) }),
    };
  });
}

function checkValues({
  count,
  inputs,
  features,
  table,
}: Features): Pick<SetCheck, "missing" | "notFinite" | "minimum" | "maximum" | "constant"> {
  const least = new Float32Array(inputs).fill(Number.POSITIVE_INFINITY);
  const most = new Float32Array(inputs).fill(Number.NEGATIVE_INFINITY);
  const gaps = new Uint32Array(inputs);
  const infinite = new Uint32Array(inputs);
  for (let row = 0, at = 0; row < count; row += 1) {
    for (let column = 0; column < inputs; column += 1, at += 1) {
      const value = features[at];
      // The difference is NaN for what is not finite.
      if (value - value !== 0) (Number.isNaN(value) ? gaps : infinite)[column] += 1;
      else {
        if (value < least[column]) least[column] = value;
        if (value > most[column]) most[column] = value;
      }
    }
  }
  const total = (counts: Uint32Array): number => counts.reduce((sum, number) => sum + number, 0);
  const numbers = Array.from({ length: inputs }, (_, column) => column).filter((column) => table?.texts[column] === undefined);
  return {
    missing: table === undefined ? 0 : total(gaps),
    notFinite: total(infinite) + (table === undefined ? total(gaps) : 0),
    minimum: numbers.reduce((a, column) => Math.min(a, least[column]), Number.POSITIVE_INFINITY),
    maximum: numbers.reduce((a, column) => Math.max(a, most[column]), Number.NEGATIVE_INFINITY),
    constant:
      count < 2 ? [] : Array.from(least.keys()).filter((column) => least[column] === most[column] && gaps[column] + infinite[column] === 0),
  };
}

// The bits of −0, which equals 0, and the greatest bits, the sign left out, that are no NaN.
const MINUS_ZERO = -0x80000000;
const INFINITE = 0x7f800000;

// Over the bits of the values; a 0, which most pixels are, is passed over, and so each other one is mixed with its place.
function rowHashes({ count, inputs, features, table }: Features): Float64Array {
  const words = new Int32Array(features.buffer, features.byteOffset, features.length);
  const texts = table?.texts.map((column) => column?.map(hashText));
  const hashes = new Float64Array(count);
  for (let row = 0, at = 0; row < count; row += 1) {
    let low = 0x9e3779b9 | 0;
    let high = 0x85ebca6b | 0;
    for (let column = 0; column < inputs; column += 1, at += 1) {
      let word = words[at];
      if (word === 0 && texts === undefined) continue;
      if (word === MINUS_ZERO) word = 0;
      else if ((word & 0x7fffffff) > INFINITE) word = -1;
      // A category counts by its text: each table numbers its texts anew.
      word = texts?.[column]?.[features[at]] ?? word;
      if (word === 0) continue;
      word = (word + Math.imul(column, 0x9e3779b9)) | 0;
      low = Math.imul(low ^ word, 0x01000193);
      low ^= low >>> 15;
      high = Math.imul(high ^ word, 0x5bd1e995);
      high ^= high >>> 13;
    }
    hashes[row] = (high >>> 11) * 2 ** 32 + (low >>> 0);
  }
  return hashes;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

// Both sorted.
function countShared(first: Float64Array, hashes: Float64Array): number {
  let shared = 0;
  let place = 0;
  for (const hash of hashes) {
    while (place < first.length && first[place] < hash) place += 1;
    if (first[place] === hash) shared += 1;
  }
  return shared;
}

function countClasses(indices: Int32Array, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const index of indices) counts[index] += 1;
  return counts;
}
