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
    ...(index > 0 ? shared(check) : [...(image === undefined ? constants(check, train) : []), ...repeats(check), ...classes(check, train)]),
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

function constants({ name, constant }: SetCheck, { featureNames, table }: Samples): string[] {
  if (constant.length === 0) return [];
  const names = constant.map((index) => featureNames?.[index] ?? table?.layout.columns[index].name ?? String(index));
  const what = constant.length === 1 ? "column" : `${constant.length} columns:`;
  return [`${name}: the same value in all rows of ${what} ${listed(names)}; a model can learn nothing from it`];
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
