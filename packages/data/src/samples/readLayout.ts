// A table whose columns are configured: in training the layout is planned, later it is found again.
import type { ByteSource } from "../bytes/ByteSource.ts";
import type { ColumnsConfig, TableLayout } from "../columns/ColumnConfig.ts";
import { describeTable, type TableDescription } from "../columns/describeTable.ts";
import { placeLayout } from "../columns/placeLayout.ts";
import { layoutKinds, planLayout } from "../columns/planLayout.ts";
import { rawFeatures, type LayoutPlaces } from "../columns/rawFeatures.ts";
import type { ColumnKind } from "../csv/CsvColumn.ts";
import { mostLeftOut } from "../csv/malformedRecord.ts";
import type { TableHead } from "../csv/head.ts";
import { DataError } from "../DataError.ts";
import { leaveOutRows } from "./leftOut.ts";
import { dropUnlabelled } from "./unlabelledRows.ts";
import { readTable, type Table, type TableOptions } from "./readTable.ts";
import type { Features, LabelColumn, RawTable } from "./Samples.ts";

/** How to read such a table; one of `columns`, in training, and `layout` must be there. */
export interface LayoutOptions extends Omit<TableOptions, "columns"> {
  readonly name: string;
  readonly columns?: ColumnsConfig;
  readonly layout?: TableLayout;
  /** The label of the training table, to tell a table without it. */
  readonly label?: LabelColumn;
  /** Finds the label's column, and what it is read as, where it is to be read. */
  readonly findLabel?: (head: TableHead) => { readonly index: number; readonly kind: ColumnKind };
}

/** Reads the table and its raw features. Throws a DataError for anything that is not as it must be. */
export async function readLayout(
  source: ByteSource,
  options: LayoutOptions,
): Promise<{ readonly table: Table; readonly features: Features & { readonly table: RawTable } }> {
  const { name, columns: config = {}, layout: known, label: trained, findLabel, ...rest } = options;
  // Only a header has names.
  const named =
    known === undefined ? Object.keys(config).some((key) => !/^\d+$/.test(key)) : known.columns.some((column) => column.name !== undefined);
  const tolerant = mostLeftOut(rest.malformed) > 0;
  const reading = { ...rest, name, header: named ? true : rest.header };
  const description = known === undefined ? await lookAhead(source, reading) : undefined;
  let places: LayoutPlaces = { layout: { width: 0, columns: [] }, columns: [] };
  let label: ReturnType<NonNullable<typeof findLabel>> | undefined;
  const read = await readTable(source, {
    ...reading,
    columns: (head) => {
      label = findLabel?.(head);
      const layout = known ?? planLayout(config, { file: name, head, label: label?.index, description, tolerant });
      const placed = known === undefined ? layout : placeLayout(layout, { file: name, head, label: trained?.index });
      places = { layout, columns: placed.columns };
      return layoutKinds(placed, head.columns).map((kind, index) => (index === label?.index ? labelKind(label.kind, layout) : kind));
    },
  });
  const table = label !== undefined && places.layout.missingLabel ? dropUnlabelled(read, label.index) : read;
  if (table.count === 0) throw new DataError("the label is missing in all of its records; give a file with labels", { file: name });
  if (!tolerant) return { table, features: rawFeatures(table, places) };
  const faults = new Map<number, DataError>();
  const features = rawFeatures(table, places, (row, error) => {
    if (!faults.has(row)) faults.set(row, error);
  });
  if (faults.size === 0) return { table, features };
  const sound = leaveOutRows(table, faults, rest.malformed);
  return { table: sound, features: rawFeatures(sound, places) };
}

/** As what a label of `kind` is read, which may be missing where the layout says what is done then. */
export function labelKind(kind: ColumnKind, layout: TableLayout | undefined): ColumnKind {
  return kind === "number" && layout?.missingLabel ? "optional" : kind;
}

// A stream can be read only once.
async function lookAhead(
  source: ByteSource,
  { delimiter, header, comment, signal, name, malformed }: TableOptions,
): Promise<TableDescription | undefined> {
  const again = typeof source === "string" || source instanceof URL || source instanceof Uint8Array;
  const policy = mostLeftOut(malformed) > 0 ? "skip" : "fail";
  return again ? describeTable(source, { delimiter, header, comment, signal, name, malformed: policy }) : undefined;
}
