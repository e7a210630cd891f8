// The labels of a first pass, when their classes are not yet known: each different text gets a number in order of appearance.
import { DataError } from "../DataError.ts";
import { classesOfOneHot, classesOfTexts, MAX_CLASSES, NO_CLASSES } from "../samples/classTargets.ts";
import type { ClassTargets } from "../samples/Samples.ts";
import type { Table } from "../samples/readTable.ts";

/** Gathers the labels of one file, block by block. */
export class LabelSurvey {
  readonly #file: string;
  /** The label's column; undefined where all columns are one-hot classes. */
  readonly #column: number | undefined;
  readonly #key: string | undefined;
  readonly #numbers = new Map<string, number>();
  readonly #records: number[] = [];
  readonly #lines: number[] = [];

  /** `key` is what `columns` may call the label. */
  constructor(file: string, column: number | undefined, key?: string) {
    this.#key = key;
    this.#file = file;
    this.#column = column;
  }

  /** The number of each record's label. Throws a DataError for a record that is not one-hot, and for too many different labels. */
  add(table: Table): Int32Array {
    if (this.#column === undefined) {
      const { indices, classes } = classesOfOneHot(table);
      for (const name of classes) this.#numberOf(name, 0, 0);
      return indices;
    }
    const { columns, codes, count, records, lines } = table;
    const column = columns[this.#column];
    const texts = columns.filter(({ kind }) => kind === "category");
    const [stride, offset] = [texts.length, texts.indexOf(column)];
    const numbers = new Int32Array(column.categories.length).fill(-1);
    const labels = new Int32Array(count);
    for (let row = 0; row < count; row += 1) {
      const code = codes[row * stride + offset];
      if (numbers[code] < 0) numbers[code] = this.#numberOf(column.categories[code], records?.[row] ?? row + 1, lines[row]);
      labels[row] = numbers[code];
    }
    return labels;
  }

  /** The classes, and of each number the index of its class. Throws a DataError for a label that can be none. */
  finish(): ClassTargets {
    const texts = [...this.#numbers.keys()];
    const codes = Int32Array.from(texts.keys());
    if (this.#column === undefined) return { kind: "classes", indices: codes, classes: texts };
    const labels = { file: this.#file, texts, codes, lines: this.#lines, records: this.#records };
    return classesOfTexts({ ...labels, ...(this.#key !== undefined && { key: this.#key }) });
  }

  #numberOf(text: string, record: number, line: number): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    if (number === MAX_CLASSES) {
      const what = `record ${record}: there are more than ${MAX_CLASSES} different labels; ${NO_CLASSES}`;
      throw new DataError(what, { file: this.#file, line, record });
    }
    this.#numbers.set(text, number);
    this.#records.push(record);
    this.#lines.push(line);
    return number;
  }
}
