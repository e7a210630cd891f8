// Records of a table whose label is missing, where the config says that these are left out.
import { isNumeric } from "../csv/CsvColumn.ts";
import { columnOf } from "../columns/rawFeatures.ts";
import { isMissing } from "../columns/missing.ts";
import { takeTableRows } from "./leftOut.ts";
import type { Table } from "./readTable.ts";

/** The table without the records whose field in the column `label` is missing; how many there were is in `dropped`. */
export function dropUnlabelled(table: Table, label: number): Table {
  const { count, columns } = table;
  const { kind, categories } = columns[label];
  const { values, stride, offset } = columnOf(table, label, isNumeric(kind) ? "number" : "category");
  const gaps = categories.map(isMissing);
  const kept = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => {
    const value = values[row * stride + offset];
    return !Number.isNaN(value) && gaps[value] !== true;
  });
  return kept.length === count ? table : { ...takeTableRows(table, kept), dropped: count - kept.length };
}
