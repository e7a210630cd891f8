// The data check in words: a line for each thing that is allowed and often a mistake.
import type { Samples, SetCheck } from "@downhill/data";
import type { ImageSize } from "./pictures.ts";

/** Classes of which one has so many times the rows of another are uneven. */
const UNEVEN = 10;
const LISTED_NAMES = 5;

/** What a person should know of the sets, the training set first; constant pixels of images are nothing to tell. */
export function dataNotices(checks: readonly SetCheck[], train: Samples, image: ImageSize | undefined): string[] {
  return checks.flatMap((check, index) => [
    ...gaps(check),
    ...(index > 0
      ? shared(check)
      : [...coarse(check, train), ...(image === undefined ? constants(check, train) : []), ...repeats(check), ...classes(check, train)]),
  ]);
}

function gaps({ name, leftOut = [], dropped, notFinite }: SetCheck): string[] {
  return [
    ...leftOut.map(
      ({ records, first }) => `${name}: ${malformedRecords(records.length)} left out; ${records.length > 1 ? "the first: " : ""}${first}`,
    ),
    ...(dropped > 0 ? [`${name}: ${dropped} rows of its file are left out, because a value is missing`] : []),
    ...(notFinite > 0 ? [`${name}: ${notFinite} features are NaN or infinite; a model can learn nothing from them`] : []),
  ];
}

function malformedRecords(count: number): string {
  return count === 1 ? "1 malformed record is" : `${count} malformed records are`;
}

function constants({ name, constant }: SetCheck, train: Samples): string[] {
  if (constant.length === 0) return [];
  const names = constant.map((index) => columnName(index, train));
  const what = constant.length === 1 ? "column" : `${constant.length} columns:`;
  return [`${name}: the same value in all rows of ${what} ${listed(names)}; a model can learn nothing from it`];
}

// Where all of a column's values lie within so few steps of f32 at their size, differences that matter may be lost.
const FEWEST_STEPS = 4096;
const EXACT_INTEGERS = 2 ** 24;

function coarse({ name, maximum, minimum }: SetCheck, train: Samples): string[] {
  if (Math.max(maximum, -minimum) <= EXACT_INTEGERS) return [];
  const { inputs, count, features } = train;
  return Array.from({ length: inputs }, (_, column) => column).flatMap((column) => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = column; at < count * inputs; at += inputs) {
      if (features[at] < least) least = features[at];
      if (features[at] > most) most = features[at];
    }
    const size = Math.max(Math.abs(least), Math.abs(most));
    const step = 2 ** (Math.floor(Math.log2(size)) - 23);
    const lost = size > EXACT_INTEGERS && size < Number.POSITIVE_INFINITY && most > least && most - least < FEWEST_STEPS * step;
    if (!lost) return [];
    return `${name}: 32-bit numbers as large as those of column ${columnName(column, train)} are ${step} apart; subtract ${least} or so in the file`;
  });
}

function columnName(index: number, { featureNames, table }: Samples): string {
  return featureNames?.[index] ?? table?.layout.columns[index].name ?? String(index);
}

function repeats({ name, repeated, rows }: SetCheck): string[] {
  return repeated === 0 ? [] : [`${name}: ${repeated} of ${rows} rows repeat an earlier row's features`];
}

function shared({ name, inFirst, rows }: SetCheck): string[] {
  if (inFirst === 0) return [];
  return [`${name}: ${inFirst} of ${rows} rows have the features of a training row; what is measured on them may flatter the model`];
}

function classes({ name, histogram }: SetCheck, { targets }: Samples): string[] {
  if (histogram === undefined || targets.kind !== "classes") return [];
  const counts = histogram.map((rows, index) => `${targets.classes[index]} ${rows}`);
  const least = histogram.reduce((a, b) => Math.min(a, b));
  const most = histogram.reduce((a, b) => Math.max(a, b));
  return most < UNEVEN * least ? [] : [`${name}: the classes are uneven, rows by class: ${listed(counts)}`];
}

function listed(names: readonly string[]): string {
  return names.slice(0, LISTED_NAMES).join(", ") + (names.length > LISTED_NAMES ? " …" : "");
}
