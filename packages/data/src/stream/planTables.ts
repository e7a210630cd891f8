// How the files of a source are read, each time alike: what their first records say of their columns.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { describeTable } from "../columns/describeTable.ts";
import type { TableLayout } from "../columns/ColumnConfig.ts";
import { mostLeftOut } from "../csv/malformedRecord.ts";
import { placeLayout } from "../columns/placeLayout.ts";
import { layoutKinds, planLayout } from "../columns/planLayout.ts";
import type { LayoutPlaces } from "../columns/rawFeatures.ts";
import type { ColumnKind } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { findLabel } from "../samples/labels.ts";
import type { SampleOptions } from "../samples/loadSamples.ts";
import { numberKinds, placeNumbers } from "../samples/placeNumbers.ts";
import { labelKind } from "../samples/readLayout.ts";
import type { LabelColumn } from "../samples/Samples.ts";
import { countRecords, readHead, type TableReading } from "./readTables.ts";
import { checkRereadable } from "./rereadable.ts";

/** Where a file's columns are, and what each is read as. */
export interface TablePlan {
  readonly source: ByteSource;
  readonly reading: TableReading;
  readonly head: TableHead;
  kinds(labelKind: ColumnKind): readonly ColumnKind[];
}

type PlanOptions = SampleOptions & { readonly name: string; readonly wanted: string | number | undefined };

/**
 * The plan of a table of features, with the label in it where one is `wanted`; `numbers` are the features' columns where none are configured. Throws a
 * DataError for columns that aren't as they must be.
 */
export async function planTable(
  source: ByteSource,
  { wanted, name, ...options }: PlanOptions,
): Promise<{ plan: TablePlan; label: LabelColumn | undefined; numbers: readonly number[]; places: LayoutPlaces | undefined }> {
  checkRereadable(source, name);
  const { columns, layout: known, delimiter, comment, malformed, signal } = options;
  const tolerant = mostLeftOut(malformed) > 0;
  // Only a header has names.
  const named =
    typeof wanted === "string" ||
    Object.keys(columns ?? {}).some((key) => !/^\d+$/.test(key)) ||
    known?.columns.some((column) => column.name !== undefined);
  const reading: TableReading = {
    name,
    delimiter,
    comment,
    malformed,
    signal,
    header: named ? true : options.header,
    knownNames: options.featureNames,
  };
  const head = await readHead(source, reading);
  const label = wanted === undefined ? undefined : findLabel(name, head, wanted);
  const plan = (kinds: readonly ColumnKind[], layout?: TableLayout): TablePlan => ({
    source,
    reading,
    head,
    kinds: (ofLabel) => kinds.map((kind, index) => (index === label?.index ? labelKind(ofLabel, layout) : kind)),
  });
  if (columns === undefined && known === undefined) {
    const numbers = placeNumbers(options, name, head, label?.index);
    return { plan: plan(numberKinds(numbers, head)), label, numbers, places: undefined };
  }
  const layout =
    known ??
    planLayout(columns ?? {}, {
      file: name,
      head,
      label: label?.index,
      tolerant,
      description: await describeTable(source, { ...reading, malformed: tolerant ? "skip" : "fail" }),
    });
  const placed = known === undefined ? layout : placeLayout(layout, { file: name, head, label: undefined });
  return { plan: plan(layoutKinds(placed, head.columns), layout), label, numbers: [], places: { layout, columns: placed.columns } };
}

/** The plan of a file of labels, beside that of the features. */
export async function planLabels(
  source: ByteSource,
  features: TablePlan,
  { delimiter, header, comment, signal, targets }: SampleOptions,
): Promise<TablePlan> {
  const name = sourceName(source, "labels");
  checkRereadable(source, name);
  let reading: TableReading = { name, delimiter, comment, signal, header };
  let head = await readHead(source, reading);
  // A header over names looks like a name; one label too many, beside features with a header, tells.
  if (header === undefined && features.head.names !== undefined && head.names === undefined) {
    const rows = await countRecords(features.source, features.reading);
    if ((await countRecords(source, reading)) === rows + 1) {
      reading = { ...reading, header: true };
      head = await readHead(source, reading);
    }
  }
  // A single column of classes may hold names; several are one-hot.
  const single = head.columns === 1 && targets === "classes";
  return { source, reading, head, kinds: (kind) => Array.from({ length: head.columns }, () => (single ? kind : "number")) };
}
