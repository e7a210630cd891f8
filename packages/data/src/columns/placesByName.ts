import { shown } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";

/** Where the `wanted` columns of training stand among `names`. Throws a DataError for one that is not there, or there twice. */
export function placesByName(wanted: readonly string[], file: string, names: readonly string[]): number[] {
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
