// What a first pass counts of one set.
import { columnLabel } from "../csv/CsvColumn.ts";
import { MAX_CATEGORIES } from "../columns/encodeTable.ts";
import { DataError } from "../DataError.ts";
import type { SetCheck } from "../samples/checkData.ts";
import type { Features } from "../samples/Samples.ts";
import { ColumnStatistics } from "./ColumnStatistics.ts";

/** Counts the rows of a set. */
export class SetSurvey {
  /** Of the raw features; those of categories mean nothing but for their gaps. */
  readonly features: ColumnStatistics;
  /** Of the values to predict; of no column for classes. */
  readonly values: ColumnStatistics;
  /** The texts of each column of categories. */
  readonly texts: readonly (Set<string> | undefined)[];
  /** Rows by the number of their label. */
  readonly labels: number[] = [];
  readonly #empty: Features;

  /** For rows like `empty`, with `outputs` values to predict. */
  constructor(empty: Features, outputs: number) {
    this.#empty = empty;
    this.features = new ColumnStatistics(empty.inputs);
    this.values = new ColumnStatistics(outputs);
    this.texts = Array.from({ length: empty.inputs }, (_, place) => (empty.table?.texts[place] === undefined ? undefined : new Set()));
  }

  /** Adds `rows` of a block's features. Throws a DataError for a column of too many categories. */
  addTexts({ features, inputs, table }: Features, rows: Uint32Array): void {
    this.texts.forEach((found, place) => {
      const texts = table?.texts[place];
      if (found === undefined || texts === undefined) return;
      const used = new Uint8Array(texts.length);
      for (const row of rows) {
        const code = features[row * inputs + place];
        if (!Number.isNaN(code)) used[code] = 1;
      }
      texts.forEach((text, code) => used[code] === 1 && found.add(text));
      if (found.size <= MAX_CATEGORIES) return;
      const { index, name } = (this.#empty.table as NonNullable<Features["table"]>).layout.columns[place];
      const label = columnLabel(index, name);
      throw new DataError(
        `${label} has more than ${MAX_CATEGORIES} categories, which can't be features; "drop" it, or group them in the file`,
      );
    });
  }

  /** The set's check; `dropped` and `histogram` are known elsewhere. What takes a memory of all rows, repeats, is not looked for. */
  check(name: string, dropped: number, histogram: readonly number[] | undefined): SetCheck {
    const { rows, finite, gaps, infinite, minimum, maximum } = this.features;
    const total = (counts: Float64Array): number => counts.reduce((sum, number) => sum + number, 0);
    const table = this.#empty.table !== undefined;
    const columns = Array.from(minimum.keys());
    const numbers = columns.filter((column) => this.texts[column] === undefined);
    const isConstant = (column: number): boolean =>
      this.texts[column] === undefined ? finite[column] === rows && minimum[column] === maximum[column] : this.texts[column].size === 1;
    return {
      name,
      rows,
      dropped,
      missing: table ? total(gaps) : 0,
      notFinite: total(infinite) + (table ? 0 : total(gaps)),
      minimum: numbers.reduce((a, column) => Math.min(a, minimum[column]), Number.POSITIVE_INFINITY),
      maximum: numbers.reduce((a, column) => Math.max(a, maximum[column]), Number.NEGATIVE_INFINITY),
      constant: rows < 2 ? [] : columns.filter((column) => isConstant(column) && gaps[column] === 0),
      repeated: 0,
      inFirst: 0,
      ...(histogram && { histogram }),
    };
  }
}
