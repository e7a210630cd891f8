// Files → Samples, in the three forms in which data sets come: features and labels apart, one table, a pair of IDX files.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import type { ColumnKind } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { NoNumberError } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";
import { settleAll } from "../settleAll.ts";
import { checkCounts, classesOfColumn, findLabel, labelKey, labelTargets, valuesOfColumn } from "./labels.ts";
import type { ColumnsConfig } from "../columns/ColumnConfig.ts";
import { dropRows } from "../columns/missingRows.ts";
import { readIdxFeatures, readIdxTargets } from "./idxSamples.ts";
import { numberKinds, placeNumbers } from "./placeNumbers.ts";
import { readLayout } from "./readLayout.ts";
import { leftOutOf, pairedRows, takeTableRows } from "./leftOut.ts";
import { readTable, type Table, type TableOptions } from "./readTable.ts";
import type { Features, LabelColumn, Samples } from "./Samples.ts";
import { takeFeatures } from "./takeRows.ts";
import { tableFeatures, type FeatureOptions } from "./tableFeatures.ts";

/** Where the samples are: two CSV files, one table with a label column (its name, or index from 0), or two IDX files. */
export type SampleSource =
  | { readonly features: ByteSource; readonly labels: ByteSource }
  | { readonly file: ByteSource; readonly label: string | number }
  | { readonly images: ByteSource; readonly labels: ByteSource };

/** How to read samples. */
export interface SampleOptions extends FeatureOptions, Pick<TableOptions, "malformed"> {
  /** Whether labels are classes to tell apart or values to come close to. */
  readonly targets: "classes" | "values";
  /** The classes of the training set, in their order; left out, they are found in the labels. */
  readonly classes?: readonly string[];
  /**
   * What to do with the columns of the training table. The features are then raw: `fitPreprocessing` and `preprocessSamples` make of them
   * what a model takes. Without it every column but the label's is one of numbers.
   */
  readonly columns?: ColumnsConfig;
}

/** Loads a data set into memory; throws a DataError, with file and line, for anything that is not as it must be. */
export async function loadSamples(source: SampleSource, options: SampleOptions): Promise<Samples> {
  if ("images" in source && options.columns !== undefined) {
    throw new DataError("holds images, which have no columns to configure; leave columns out", {
      file: sourceName(source.images, "images"),
    });
  }
  if ("file" in source) return loadTable(source.file, source.label, options);
  return "images" in source ? loadImages(source.images, source.labels, options) : loadPair(source.features, source.labels, options);
}

async function loadPair(featureSource: ByteSource, labelSource: ByteSource, options: SampleOptions): Promise<Samples> {
  const configured = options.columns !== undefined || options.layout !== undefined;
  const name = sourceName(featureSource, "features");
  const readFeatures = async (): Promise<{ readonly table: Table; readonly features: Features }> => {
    if (configured) return readLayout(featureSource, { ...options, name, onMalformed: refuseUncertain });
    let places: readonly number[] = [];
    const columns = (head: TableHead): ColumnKind[] => {
      places = placeNumbers(options, name, head, undefined);
      return numberKinds(places, head);
    };
    const reading = readTable(featureSource, { ...options, ...knownNames(options), name, columns, onMalformed: refuseUncertain });
    const table = await reading.catch((error: unknown) => adviseColumns(error));
    return { table, features: tableFeatures(table, places) };
  };
  // A single column of classes may hold names; several are one-hot.
  const kind = (columns: number): ColumnKind => (columns === 1 && options.targets === "classes" ? "category" : "number");
  const readLabels = (header: boolean | undefined): Promise<Table> =>
    readTable(labelSource, {
      ...options,
      header,
      name: sourceName(labelSource, "labels"),
      columns: (head) => Array.from({ length: head.columns }, () => kind(head.columns)),
      onMalformed: refuseUncertain,
    });
  const [{ table: features, features: raw }, firstLabels] = await settleAll([readFeatures, () => readLabels(options.header)]);
  let labels = firstLabels;
  // A header over names looks like a name; one label too many, beside features with a header, tells. A path can be read again.
  if (
    options.header === undefined &&
    recordsOf(labels) === recordsOf(features) + 1 &&
    features.columns[0].name !== undefined &&
    typeof labelSource === "string"
  ) {
    labels = await readLabels(true);
  }
  checkCounts({ file: features.file, count: recordsOf(features) }, { file: labels.file, count: recordsOf(labels) });
  // A record that is left out takes its partner along.
  const featureRows = pairedRows(features, labels.leftOut);
  const labelRows = pairedRows(labels, features.leftOut);
  if (featureRows?.length === 0) throw new DataError(`each of its records is left out, or its label in ${labels.file} is`, features);
  const samples = {
    ...(featureRows === undefined ? raw : takeFeatures(raw, featureRows)),
    targets: labelTargets(labelRows === undefined ? labels : takeTableRows(labels, labelRows), options),
    ...leftOutOf(features, labels),
  };
  return dropRows(samples, features.file);
}

const recordsOf = ({ count, leftOut }: Table): number => count + (leftOut?.records.length ?? 0);

// Where a record ends too early or too late, all labels below would be those of other rows.
function refuseUncertain({ message }: DataError, endKnown: boolean): void {
  if (endKnown) return;
  throw new DataError(
    `${message}; beside a second file such a record can't be left out, as it is not certain which of the other's is its partner`,
  );
}

async function loadTable(source: ByteSource, wanted: string | number, options: SampleOptions): Promise<Samples> {
  const name = sourceName(source, "table");
  const kind = options.targets === "classes" ? "category" : "number";
  if (options.columns !== undefined || options.layout !== undefined) {
    return loadConfiguredTable(source, wanted, { ...options, name });
  }
  let label: LabelColumn = { index: 0 };
  let places: readonly number[] = [];
  const reading = readTable(source, {
    ...options,
    ...knownNames(options),
    name,
    // Only a header has names.
    header: typeof wanted === "string" ? true : options.header,
    columns: (head) => {
      label = findLabel(name, head, wanted);
      places = placeNumbers(options, name, head, label.index);
      return numberKinds(places, head).map((found, index) => (index === label.index ? kind : found));
    },
  });
  const table = await reading.catch((error: unknown) => adviseColumns(error, label.index));
  const targets =
    kind === "category"
      ? classesOfColumn(table, label.index, options.classes, labelKey(label, options))
      : valuesOfColumn(table, label.index);
  return { ...tableFeatures(table, places), targets, label, ...leftOutOf(table) };
}

// A header may look like numbers.
function knownNames({ featureNames }: SampleOptions): { readonly knownNames?: readonly string[] } {
  return featureNames === undefined ? {} : { knownNames: featureNames };
}

// Who meets a text among numbers may not know that there is more than numbers.
function adviseColumns(error: unknown, label?: number): never {
  if (!(error instanceof NoNumberError) || error.index === label) throw error;
  throw error.advised('names, categories and gaps are read with "columns" (in a config, "data": { "columns": {} } finds the types)');
}

async function loadConfiguredTable(
  source: ByteSource,
  wanted: string | number,
  options: SampleOptions & { readonly name: string },
): Promise<Samples> {
  let label: LabelColumn = { index: 0 };
  const { table, features } = await readLayout(source, {
    ...options,
    header: typeof wanted === "string" ? true : options.header,
    findLabel: (head) => {
      label = findLabel(options.name, head, wanted);
      return { index: label.index, kind: options.targets === "classes" ? "category" : "number" };
    },
  });
  const targets =
    options.targets === "classes"
      ? classesOfColumn(table, label.index, options.classes, labelKey(label, options))
      : valuesOfColumn(table, label.index);
  return dropRows({ ...features, targets, label, ...leftOutOf(table) }, table.file);
}

async function loadImages(imageSource: ByteSource, labelSource: ByteSource, options: SampleOptions): Promise<Samples> {
  const images = await readIdxFeatures(imageSource, options);
  const labels = await readIdxTargets(labelSource, options);
  checkCounts({ file: sourceName(imageSource, "images"), count: images.count }, labels);
  return { ...images, targets: labels.targets };
}
