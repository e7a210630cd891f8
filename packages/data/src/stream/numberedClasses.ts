// Classes whose names are their numbers: labels that a kernel can read, with no text between.
import { columnOf } from "../columns/rawFeatures.ts";
import type { Table } from "../samples/readTable.ts";
import type { ClassTargets } from "../samples/Samples.ts";
import { changed } from "./changed.ts";

/** Whether the classes are "0", "1", … */
export function isNumbered(classes: readonly string[]): boolean {
  return classes.length > 0 && classes.every((name, index) => name === String(index));
}

/** Classes of a column of their numbers, which were all in order when the file was first read. Throws a DataError where they no longer are. */
export function classesOfNumbers(table: Table, index: number, classes: readonly string[]): ClassTargets {
  const { values, stride, offset } = columnOf(table, index, "number");
  const indices = new Int32Array(table.count);
  for (let row = 0; row < table.count; row += 1) {
    const value = values[row * stride + offset];
    if (!(Number.isInteger(value) && value >= 0 && value < classes.length)) throw changed(table.file);
    indices[row] = value;
  }
  return { kind: "classes", indices, classes };
}
