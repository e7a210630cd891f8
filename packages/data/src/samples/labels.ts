// The labels of a data set: which column they are in, and what is made of it.
import { columnOf } from "../columns/rawFeatures.ts";
import type { TableHead } from "../csv/head.ts";
import { shown } from "../csv/recordErrors.ts";
import { DataError } from "../DataError.ts";
import { classesOfOneHot, classesOfTexts } from "./classTargets.ts";
import type { SampleOptions } from "./loadSamples.ts";
import type { Table } from "./readTable.ts";
import type { ClassTargets, LabelColumn, ValueTargets } from "./Samples.ts";

/** The targets that a table of labels holds; those of classes are numbered as in `classes`, if these are given. */
export function labelTargets(labels: Table, { targets, classes }: SampleOptions): ClassTargets | ValueTargets {
  if (targets === "values") return { kind: "values", values: labels.values, outputs: labels.columns.length };
  return labels.columns.length > 1 ? classesOfOneHot(labels, classes) : classesOfColumn(labels, 0, classes);
}

/** The classes that a column of texts names; `key` is what `columns` may call it, where it can be said what is done with missing ones. */
export function classesOfColumn(table: Table, index: number, classes: readonly string[] | undefined, key?: string): ClassTargets {
  const { file, columns, count, lines, records } = table;
  const { values, stride, offset } = columnOf(table, index, "category");
  const codes = Int32Array.from({ length: count }, (_, row) => values[row * stride + offset]);
  const labels = { file, texts: columns[index].categories, codes, lines, ...(records && { records }), ...(key !== undefined && { key }) };
  return classesOfTexts(labels, classes);
}

/** The values that a column of numbers holds. */
export function valuesOfColumn(table: Table, index: number): ValueTargets {
  const { values, stride, offset } = columnOf(table, index, "number");
  return { kind: "values", values: Float32Array.from({ length: table.count }, (_, row) => values[row * stride + offset]), outputs: 1 };
}

/** The column of the label. Throws a DataError if there is none, or more than one of its name. */
export function findLabel(file: string, { names, columns }: TableHead, label: string | number): LabelColumn {
  if (typeof label === "number") {
    if (Number.isInteger(label) && label >= 0 && label < columns) return { index: label, name: names?.[label] };
    throw new DataError(`has no column ${label} for the label; it has ${columns} columns, 0 to ${columns - 1}`, { file });
  }
  const index = names?.indexOf(label) ?? -1;
  if (index < 0) {
    throw new DataError(`has no column ${shown(label)} for the label; its columns are ${names?.map(shown).join(", ")}`, { file });
  }
  if (names?.lastIndexOf(label) !== index) {
    throw new DataError(`has two columns named ${shown(label)}; give the label's index instead`, { file });
  }
  return { index, name: label };
}

/** What `columns` may call the label; undefined where the columns are those of training. */
export function labelKey({ name, index }: LabelColumn, { inputs, layout }: Pick<SampleOptions, "inputs" | "layout">): string | undefined {
  return inputs === undefined && layout === undefined ? (name ?? String(index)) : undefined;
}

/** Throws a DataError unless there is one label for each row. */
export function checkCounts(features: { file: string; count: number }, labels: { file: string; count: number }): void {
  if (features.count === labels.count) return;
  const what = `has ${labels.count} labels, but ${features.file} has ${features.count} rows of features; there must be one label for each row`;
  throw new DataError(what, { file: labels.file });
}
