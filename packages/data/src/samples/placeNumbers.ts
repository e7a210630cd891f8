// The features of a training table without configured columns, found again among the columns of another table.
import type { ColumnKind } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { placesByName } from "../columns/placesByName.ts";
import type { LabelColumn } from "./Samples.ts";
import { checkInputs, type FeatureOptions } from "./tableFeatures.ts";

/**
 * The index of each feature's column, in the order of training: by name where both tables have names that tell columns apart, else as they
 * stand, without the label, whose column is `leftOut`. Throws a DataError for a feature that is not there.
 */
export function placeNumbers(
  { inputs, featureNames }: Pick<FeatureOptions, "inputs" | "featureNames">,
  file: string,
  { names, columns }: TableHead,
  leftOut: number | undefined,
): number[] {
  if (names !== undefined && featureNames !== undefined && new Set(featureNames).size === featureNames.length) {
    return placesByName(featureNames, file, names);
  }
  const places = Array.from({ length: columns }, (_, index) => index).filter((index) => index !== leftOut);
  checkInputs(file, places.length, inputs);
  return places;
}

/** Where the label of training stands in a table that may be without it: by its name, or without names by its place in a table wide enough for it. */
export function placeLabel(
  { inputs, label }: { readonly inputs?: number; readonly label?: LabelColumn },
  { names, columns }: TableHead,
): number | undefined {
  if (label === undefined) return undefined;
  if (names !== undefined && label.name !== undefined) return names.includes(label.name) ? names.indexOf(label.name) : undefined;
  return inputs !== undefined && columns === inputs + 1 ? label.index : undefined;
}

/** As what the reader takes the columns at `places`, the others left out. */
export function numberKinds(places: readonly number[], { columns }: TableHead): ColumnKind[] {
  const kinds = Array.from({ length: columns }, (): ColumnKind => "skip");
  for (const index of places) kinds[index] = "number";
  return kinds;
}
