// All that is fitted to the training samples and done to every sample: plain JSON that travels with the model, and is applied
// in Node or a browser with the same arithmetic.
import type { RowPlaces } from "../samples/RowPlaces.ts";
import type { Features, LabelColumn, Samples } from "../samples/Samples.ts";
import { applyScale, fitScale, type Scale, type ScaleKind } from "../samples/scale.ts";
import { fitTargetScale, plainTargetScale, scaleTargets, type TargetScale } from "../samples/targetScale.ts";
import { encodeTable, fitTable, widthOf, type FittedTable } from "./encodeTable.ts";

/** What has to be known of the training samples to treat new rows like them. */
export interface Preprocessing {
  /** Features that the model sees. */
  readonly inputs: number;
  /** Their names, where the training table had a header. */
  readonly featureNames?: readonly string[];
  /** How a table's columns become features; without it each is one, a number. */
  readonly table?: FittedTable;
  readonly scale?: Scale;
  /** Class names by index; absent in regression. */
  readonly classes?: readonly string[];
  readonly image?: { readonly width: number; readonly height: number };
  /** The label's column, where features and label came from one table. */
  readonly label?: LabelColumn;
  /** Of the values to predict; absent for classes. */
  readonly target?: TargetScale;
}

/** What is asked for. */
export interface PreprocessingOptions {
  /** Of the columns of numbers; categories stay 0 and 1. */
  readonly scale?: ScaleKind;
  /** The size of the image that a sample is. */
  readonly image?: Preprocessing["image"];
  /** `false` leaves the values to predict as they are: shares and probabilities mean something. */
  readonly scaleTargets?: boolean;
}

/** Fits everything to the training samples, which it leaves as they are. Throws a DataError where that can't be done. */
export function fitPreprocessing(
  train: Samples,
  { scale: kind, image, scaleTargets: scaled = true }: PreprocessingOptions = {},
): Preprocessing {
  const table = fitTable(train);
  const encoded = table === undefined ? train : encodeTable(table, train);
  const scale = kind === undefined ? undefined : scaleOfNumbers(fitScale(encoded, kind), table);
  const { targets } = train;
  const fitted = targets.kind === "classes" ? undefined : fitTargetScale(targets);
  const target = fitted === undefined || scaled ? fitted : plainTargetScale(fitted.mean.length);
  return describePreprocessing({ ...train, ...encoded }, { table, scale, target, image });
}

/** What was fitted, put together; `encoded` are the training samples with encoded features. */
export function describePreprocessing(
  { inputs, featureNames, targets, label }: Samples,
  { table, scale, target, image }: Pick<Preprocessing, "table" | "scale" | "target" | "image">,
): Preprocessing {
  return {
    inputs,
    ...(featureNames && { featureNames }),
    ...(table && { table }),
    ...(scale && { scale }),
    ...(targets.kind === "classes" ? { classes: targets.classes } : { target }),
    ...(image && { image }),
    ...(label && { label }),
  };
}

/** Raw rows as the model sees them; where they come from no configured table, they are scaled in place. Messages tell `rowPlaces`. */
export function preprocessFeatures(preprocessing: Preprocessing, rows: Features, rowPlaces?: RowPlaces): Features {
  const { table, scale } = preprocessing;
  const encoded = table === undefined ? rows : encodeTable(table, rows, rowPlaces);
  if (scale !== undefined) applyScale(scale, encoded.features, encoded.inputs);
  return encoded;
}

/** Raw samples as training sees them, the values to predict scaled too; the features as in {@link preprocessFeatures}. */
export function preprocessSamples(preprocessing: Preprocessing, samples: Samples): Samples {
  const { label } = samples;
  const targets = scaleTargets(preprocessing.target, samples.targets);
  return { ...preprocessFeatures(preprocessing, samples), targets, ...(label && { label }) };
}

/** The scale for numbers alone: a category's features stay 0 and 1, and a divisor becomes one for each feature. */
export function scaleOfNumbers(scale: Scale, table: FittedTable | undefined): Scale {
  if (table === undefined || table.columns.every(({ categories }) => categories === undefined)) return scale;
  const numeric = table.columns.flatMap((column) => Array.from({ length: widthOf(column) }, () => column.categories === undefined));
  const mixed = (values: readonly number[] | number, other: number): number[] =>
    numeric.map((isNumber, place) => (isNumber ? (typeof values === "number" ? values : values[place]) : other));
  switch (scale.type) {
    case "divide":
      return { type: "standard", mean: numeric.map(() => 0), deviation: mixed(scale.by, 1) };
    case "standard":
      return { type: "standard", mean: mixed(scale.mean, 0), deviation: mixed(scale.deviation, 1) };
    case "minmax":
      return { type: "minmax", minimum: mixed(scale.minimum, 0), maximum: mixed(scale.maximum, 1) };
  }
}
