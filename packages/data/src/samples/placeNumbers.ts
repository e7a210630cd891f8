// The features of a training table without configured columns, found again among the columns of another table.
import type { Preprocessing } from "../columns/Preprocessing.ts";
import type { TableHead } from "../csv/head.ts";
import { shown } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";
import { checkInputs } from "./tableFeatures.ts";

/**
 * The index of each feature's column, in the order of training: by name where both tables have names that tell columns apart, else as they
 * stand, without the label where the table is one column wider than the features. Throws a DataError for a feature that is not there.
 */
export function placeNumbers(
  { inputs, featureNames, label }: Pick<Preprocessing, "inputs" | "featureNames" | "label">,
  file: string,
  { names, columns }: TableHead,
): number[] {
  if (names !== undefined && featureNames !== undefined && new Set(featureNames).size === inputs)
    return placesByName(featureNames, file, names);
  const all = Array.from({ length: columns }, (_, index) => index);
  const leftOut = columns === inputs + 1 ? label?.index : undefined;
  const places = all.filter((index) => index !== leftOut);
  checkInputs(file, places.length, inputs);
  return places;
}

function placesByName(wanted: readonly string[], file: string, names: readonly string[]): number[] {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  names.forEach((name, index) => (places.has(name) ? twice.add(name) : places.set(name, index)));
  return wanted.map((name) => {
    const place = places.get(name);
    if (place === undefined) {
      throw new DataError(`has no column ${shown(name)}, which training had; its columns are ${names.map(shown).join(", ")}`, { file });
    }
    if (twice.has(name)) throw new DataError(`has two columns named ${shown(name)}; rename one`, { file });
    return place;
  });
}
