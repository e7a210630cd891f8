// The layout of the training table found again in another table: by the columns' names, or by their places where there are none.
import type { TableHead } from "../csv/head.ts";
import { shown } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";
import type { TableLayout } from "./ColumnConfig.ts";

/** The other table; `label` is the index that the label had in training. */
export interface OtherTable {
  readonly file: string;
  readonly head: TableHead;
  readonly label: number | undefined;
}

/**
 * The layout with the indices that the columns have in this table. Without names it must be as wide as in training, or one narrower, the label
 * left out. Throws a DataError for a column that is not there.
 */
export function placeLayout(layout: TableLayout, { file, head, label }: OtherTable): TableLayout {
  const { names } = head;
  if (layout.columns.some(({ name }) => name !== undefined)) {
    return {
      width: head.columns,
      columns: layout.columns.map((column) => ({ ...column, index: indexOf(column.name ?? "", file, names) })),
    };
  }
  if (head.columns === layout.width) return layout;
  if (label === undefined || head.columns !== layout.width - 1) {
    const or = label === undefined ? "" : ` (or ${layout.width - 1} without the label)`;
    throw new DataError(`has ${head.columns} columns, expected ${layout.width}${or} as in training`, { file });
  }
  const columns = layout.columns.map((column) => ({ ...column, index: column.index - (column.index > label ? 1 : 0) }));
  return { width: head.columns, columns };
}

function indexOf(name: string, file: string, names: readonly string[] = []): number {
  const index = names.indexOf(name);
  if (index < 0)
    throw new DataError(`has no column ${shown(name)}, which training had; its columns are ${names.map(shown).join(", ")}`, { file });
  if (names.lastIndexOf(name) !== index) throw new DataError(`has two columns named ${shown(name)}; rename one`, { file });
  return index;
}
