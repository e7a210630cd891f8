// Rows that miss a value in a column whose policy is "dropRow".
import { columnLabel } from "../csv/CsvColumn.ts";
import { DataError } from "../DataError.ts";
import type { Features, Samples } from "../samples/Samples.ts";
import { placeOfRow, type RowPlaces } from "../samples/RowPlaces.ts";
import { takeRows } from "../samples/takeRows.ts";

/** The samples without such rows; how many there were is in `table.dropped`. Throws a DataError when none is left. */
export function dropRows(samples: Samples, file: string): Samples {
  const { table, count } = samples;
  if (table === undefined) return samples;
  const kept = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => missingIn(samples, row) === undefined);
  if (kept.length === count) return samples;
  if (kept.length === 0) throw new DataError('"missing": "dropRow" leaves no record; use another policy, or drop the column', { file });
  return { ...takeRows(samples, kept), table: { ...table, dropped: table.dropped + count - kept.length } };
}

/** Throws a DataError for the first such row: whoever asks for predictions gets one for each row. */
export function refuseRows(rows: Features, places: RowPlaces): void {
  for (let row = 0; row < rows.count; row += 1) {
    const column = missingIn(rows, row);
    if (column === undefined) continue;
    const place = placeOfRow(places, row);
    const what = "the value is missing, and training left such rows out; fill it in, or remove the record";
    throw new DataError(`record ${place.record}, ${columnLabel(column.index, column.name)}: ${what}`, place);
  }
}

/** The first column of the policy "dropRow" that the row misses. */
export function missingIn({ table, features, inputs }: Features, row: number): { index: number; name?: string } | undefined {
  return table?.layout.columns.find(({ missing }, column) => missing === "dropRow" && Number.isNaN(features[row * inputs + column]));
}
