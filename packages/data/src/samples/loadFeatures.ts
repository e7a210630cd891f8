// Raw rows for prediction: the same files as for training, with or without the label.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { refuseRows } from "../columns/missingRows.ts";
import { readIdxFeatures } from "./idxSamples.ts";
import { numberKinds, placeLabel, placeNumbers } from "./placeNumbers.ts";
import { readLayout } from "./readLayout.ts";
import { readTable } from "./readTable.ts";
import type { Features, LabelColumn } from "./Samples.ts";
import { tableFeatures, type FeatureOptions } from "./tableFeatures.ts";

/** Where the rows are: a CSV file (under either name), or an IDX file. */
export type FeatureSource = { readonly features: ByteSource } | { readonly file: ByteSource } | { readonly images: ByteSource };

/** How to read rows for prediction. */
export interface PredictionOptions extends FeatureOptions {
  /**
   * The label's column in the table of training. A column of that name is left out; where there are no names to go by, so is the one
   * at that index if the file has exactly one column more than `inputs`.
   */
  readonly label?: LabelColumn;
}

/** Loads rows of features; throws a DataError, with file and line, for anything that is not as it must be. */
export async function loadFeatures(source: FeatureSource, options: PredictionOptions = {}): Promise<Features> {
  if ("images" in source) return readIdxFeatures(source.images, options);
  const rows = "file" in source ? source.file : source.features;
  if (options.layout !== undefined) {
    const { table, features } = await readLayout(rows, { ...options, name: sourceName(rows, "features") });
    refuseRows(features, table);
    return features;
  }
  const file = sourceName(rows, "features");
  let places: readonly number[] = [];
  const table = await readTable(rows, {
    ...options,
    name: file,
    columns: (head) => {
      places = placeNumbers(options, file, head, placeLabel(options, head));
      return numberKinds(places, head);
    },
  });
  return tableFeatures(table, places);
}
