// The layout of the training table found again in another table: by the columns' names, or by their places where there are none.
import type { TableHead } from "../csv/head.ts";
import { DataError } from "../DataError.ts";
import { placesByName } from "./placesByName.ts";
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
    const places = placesByName(
      layout.columns.map(({ name = "" }) => name),
      file,
      names ?? [],
    );
    return { width: head.columns, columns: layout.columns.map((column, place) => ({ ...column, index: places[place] })) };
  }
  if (head.columns === layout.width) return layout;
  if (label === undefined || head.columns !== layout.width - 1) {
    const or = label === undefined ? "" : ` (or ${layout.width - 1} without the label)`;
    throw new DataError(`has ${head.columns} columns, expected ${layout.width}${or} as in training`, { file });
  }
  const columns = layout.columns.map((column) => ({ ...column, index: column.index - (column.index > label ? 1 : 0) }));
  return { width: head.columns, columns };
}
