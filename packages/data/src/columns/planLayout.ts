// The config's words about columns, the file's head and a look at its first records → the layout of the training table.
import { columnLabel, type ColumnKind } from "../csv/CsvColumn.ts";
import type { TableHead } from "../csv/head.ts";
import { shown } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";
import type { ColumnConfig, ColumnsConfig, ColumnType, TableColumn, TableLayout } from "./ColumnConfig.ts";
import type { ColumnDescription, TableDescription } from "./describeTable.ts";
import type { InferredType } from "./inferType.ts";

/** Where the training table comes from. */
export interface PlannedTable {
  readonly file: string;
  readonly head: TableHead;
  /** The label's index, where it is a column of the table. */
  readonly label: number | undefined;
  /** What its first records hold; undefined when they can't be read ahead. */
  readonly description: TableDescription | undefined;
  /** Whether records are left out that have no number where one belongs. */
  readonly tolerant?: boolean;
}

type Details = Exclude<ColumnConfig, string>;

/**
 * Decides what is done with each column. Throws a DataError, with advice, for a key that is no column, and one for all columns that are of
 * text, dates or nothing and not dropped, have other values than their type says, or miss values of which nothing is said.
 */
export function planLayout(config: ColumnsConfig, table: PlannedTable): TableLayout {
  const { file, head, label } = table;
  const said = new Map(Object.entries(config).map(([key, column]) => [findColumn(key, column, table), column]));
  const columns: TableColumn[] = [];
  const faults: string[] = [];
  for (let index = 0; index < head.columns; index += 1) {
    const column = said.get(index) ?? {};
    if (index === label || column === "drop") continue;
    const planned = planColumn(index, typeof column === "string" ? { type: column } : column, table);
    if (typeof planned === "string") faults.push(`${columnLabel(index, head.names?.[index])} ${planned}`);
    else columns.push(planned);
  }
  if (faults.length === 1) throw new DataError(faults[0], { file });
  if (faults.length > 1) throw new DataError(`${faults.length} columns need a word in the config:\n  ${faults.join("\n  ")}`, { file });
  checkNames(columns, table);
  const ofLabel = label === undefined ? undefined : said.get(label);
  const missingLabel = typeof ofLabel === "object" && ofLabel.missing === "dropRow" ? ofLabel.missing : undefined;
  return { width: head.columns, columns, ...(missingLabel && { missingLabel }) };
}

/** As what the reader takes each column of the layout, the others left out. */
export function layoutKinds({ columns }: TableLayout, width: number): ColumnKind[] {
  const kinds = Array.from({ length: width }, (): ColumnKind => "skip");
  for (const { index, type, missing } of columns) kinds[index] = type === "number" && missing !== "error" ? "optional" : type;
  return kinds;
}

function findColumn(key: string, column: ColumnConfig, { file, head: { names, columns }, label }: PlannedTable): number {
  const named = names?.indexOf(key) ?? -1;
  const index = named < 0 && /^\d+$/.test(key) ? Number(key) : named;
  if (index < 0 || index >= columns) {
    const there = names === undefined ? `they are "0" to "${columns - 1}"` : `its columns are ${names.map(shown).join(", ")}`;
    throw new DataError(`has no column ${shown(key)}, which columns names; ${there}`, { file });
  }
  if (index === label && !isOfLabel(column)) {
    const what = 'is the label; of it, columns can only say { "missing": "dropRow" }, or leave it out';
    throw new DataError(`${columnLabel(index, names?.[index])} ${what}`, { file });
  }
  return index;
}

function isOfLabel(column: ColumnConfig): boolean {
  if (typeof column === "string" || column.type !== undefined || column.unknown !== undefined) return false;
  return column.missing === "dropRow" || column.missing === "error" || column.missing === undefined;
}

// The column, or what is wrong with it and what to do.
function planColumn(
  index: number,
  { type: wanted, missing = "error", unknown = "ignore" }: Details,
  { head, description, tolerant = false }: PlannedTable,
): TableColumn | string {
  const name = head.names?.[index];
  const found = description?.columns[index];
  if (wanted === undefined && found === undefined) return "has no type, and this source can't be read ahead to find it; name it in columns";
  const type = wanted ?? TYPES[(found as ColumnDescription).type];
  if (type === undefined) return refusal(found as ColumnDescription);
  if (type === "number" && found?.type === "commaNumber") return refusal(found);
  if (type === "number" && !tolerant && found !== undefined && TYPES[found.type] !== "number" && found.type !== "empty") {
    return `is to be of numbers, but holds ${found.examples.map(shown).join(", ")}; take it as "category" or "drop" it`;
  }
  const constant = typeof missing === "object" ? typeof missing.constant : undefined;
  if (type === "category" && (missing === "mean" || missing === "median" || constant === "number")) {
    return 'is of categories; where it is missing, "missing" can be "dropRow" or { "constant": "a category" }';
  }
  if (type === "number" && constant === "string") return 'is of numbers; the constant of "missing" must be a number';
  if (found !== undefined && found.missing > 0 && missing === "error") {
    const records = `${description?.complete ? "" : "first "}${description?.records} records`;
    const policies =
      type === "number"
        ? '{ "missing": "median" } }, or "mean", "dropRow", { "constant": 0 }'
        : '{ "missing": { "constant": "none" } } }, or "dropRow"';
    return `is missing in ${found.missing} of the ${records}, first in line ${found.firstMissingLine}; say "columns": { ${JSON.stringify(name ?? String(index))}: ${policies}`;
  }
  return { index, ...(name !== undefined && { name }), type, missing, unknown };
}

// What an inferred type is taken as; the others need a word.
const TYPES: Readonly<Record<InferredType, ColumnType | undefined>> = {
  number: "number",
  integer: "number",
  category: "category",
  text: undefined,
  date: undefined,
  commaNumber: undefined,
  empty: undefined,
};

const POINTS = 'write them with points, as in 6.5, and without marks of thousands; or "drop" it in columns';

function refusal({ type, examples: [example = ""] }: ColumnDescription): string {
  if (type === "commaNumber") return `holds numbers with commas, such as ${shown(example)}; ${POINTS}`;
  if (type === "empty") return 'holds no values; "drop" it in columns';
  if (type === "text") return `holds text, such as ${shown(example)}; in columns "drop" it, or take it as "category" if its texts recur`;
  return `holds dates, such as ${shown(example)}, which no model takes; "drop" it in columns, or split it into numbers (year, month, weekday …) in the file`;
}

// Later tables are matched by name.
function checkNames(columns: readonly TableColumn[], { file }: PlannedTable): void {
  const seen = new Set<string>();
  const twice = columns.map(({ name }) => name).find((name) => name !== undefined && (seen.has(name) || !seen.add(name)));
  if (twice !== undefined) throw new DataError(`has two columns named ${shown(twice)}; rename one in the file`, { file });
  if (columns.length === 0) throw new DataError("has no columns of features besides the label", { file });
}
