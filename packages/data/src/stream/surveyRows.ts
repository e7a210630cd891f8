// The first pass over a source: everything is read and checked once, and counted set by set.
import { columnLabel } from "../csv/CsvColumn.ts";
import { missingIn } from "../columns/missingRows.ts";
import { DataError } from "../DataError.ts";
import type { ClassTargets, Features, ValueTargets } from "../samples/Samples.ts";
import { allLeftOut, type LeftOut } from "../samples/leftOut.ts";
import type { Block, BlockReader } from "./BlockReader.ts";
import { LabelSurvey } from "./LabelSurvey.ts";
import { RowShares, type RowShare } from "./RowShares.ts";
import { SetSurvey } from "./SetSurvey.ts";

/** A value that is not finite, and where it is. */
export interface OddValue {
  readonly what: string;
  readonly line: number;
  readonly record: number;
}

/** What the pass found. */
export interface Survey {
  /** The rest first, then the shares. */
  readonly sets: readonly SetSurvey[];
  /** Rows of the file that are left out, because a value is missing. */
  readonly dropped: number;
  /** Malformed records of the file that are left out. */
  readonly leftOut: LeftOut | undefined;
  /** The classes and, by the numbers that the sets count labels by, their indices; undefined for values. */
  readonly classes: ClassTargets | undefined;
  /** The first feature and the first value to predict of the rest that are not finite. */
  readonly oddFeature: OddValue | undefined;
  readonly oddValue: OddValue | undefined;
}

/** Of each row of a block its set, or −1 for one that is left out. */
export function setsOf(features: Features, shares: RowShares): Int8Array {
  const drops = features.table?.layout.columns.some(({ missing }) => missing === "dropRow") ?? false;
  const sets = new Int8Array(features.count);
  for (let row = 0; row < features.count; row += 1) {
    const set = shares.next();
    sets[row] = drops && missingIn(features, row) !== undefined ? -1 : set;
  }
  return sets;
}

/** Where `sets` is `set`. */
export function rowsOf(sets: Int8Array, set: number): Uint32Array {
  let count = 0;
  for (const found of sets) if (found === set) count += 1;
  const rows = new Uint32Array(count);
  let at = 0;
  sets.forEach((found, row) => {
    if (found === set) rows[at++] = row;
  });
  return rows;
}

/** Reads all blocks, and counts them; labels are numbered as in `classes` where these are given. */
export async function surveyRows(
  reader: BlockReader,
  shares: readonly RowShare[],
  classes: readonly string[] | undefined,
): Promise<Survey> {
  const draws = new RowShares(shares);
  let sets: readonly SetSurvey[] | undefined;
  let labels: LabelSurvey | undefined;
  let dropped = 0;
  let oddFeature: OddValue | undefined;
  let oddValue: OddValue | undefined;
  for await (const block of reader.read()) {
    const { features } = block;
    const found = reader.wantsClasses && classes === undefined ? undefined : reader.targetsOf(block, classes);
    if (found === undefined) labels ??= new LabelSurvey(block.labels.file, reader.labelColumn, reader.labelKey);
    const outputs = found?.kind === "values" ? found.outputs : 0;
    sets ??= Array.from({ length: shares.length + 1 }, () => new SetSurvey(reader.empty, outputs));
    const numbers = found === undefined ? (labels as LabelSurvey).add(block.labels) : found.kind === "classes" ? found.indices : undefined;
    const membership = setsOf(features, draws);
    dropped += rowsOf(membership, -1).length + (features.table?.dropped ?? 0);
    sets.forEach((set, index) => {
      const rows = rowsOf(membership, index);
      set.addTexts(features, rows);
      for (const row of rows) {
        if (!set.features.add(features.features, row) && index === 0) oddFeature ??= oddIn(block, row);
        if (found?.kind === "values" && !set.values.add(found.values, row) && index === 0) oddValue ??= oddTarget(block, found, row);
        if (numbers !== undefined) set.labels[numbers[row]] = (set.labels[numbers[row]] ?? 0) + 1;
      }
    });
  }
  const { leftOut } = reader;
  if (leftOut !== undefined && !sets?.some(({ features }) => features.rows > 0)) throw allLeftOut(reader.file, leftOut.first);
  if (sets === undefined) throw new DataError("the file holds no records; give a file with at least one", { file: reader.file });
  if (sets[0].features.rows === 0)
    throw new DataError("no record is left for training; drop fewer rows, or set less aside", { file: reader.file });
  const without = shares.find((_, index) => sets[index + 1].features.rows === 0);
  if (without !== undefined) {
    throw new DataError(
      `a share of ${without.fraction} came to no row; streamed rows are drawn one by one, so give a larger share or more rows`,
      { file: reader.file },
    );
  }
  const found: ClassTargets | undefined =
    labels?.finish() ?? (classes && { kind: "classes", classes, indices: Int32Array.from(classes.keys()) });
  return {
    sets,
    dropped,
    classes: reader.wantsClasses ? found : undefined,
    oddFeature,
    oddValue,
    leftOut: reader.leftOut?.records.length ? reader.leftOut : undefined,
  };
}

function oddIn({ features: { features, inputs, featureNames, table }, labels }: Block, row: number): OddValue | undefined {
  // In a configured table, NaN is a gap.
  const isOdd = (value: number): boolean => !Number.isFinite(value) && !(table !== undefined && Number.isNaN(value));
  const values = features.subarray(row * inputs, (row + 1) * inputs);
  const column = values.findIndex(isOdd);
  if (column < 0) return undefined;
  const name = featureNames?.[column] ?? table?.layout.columns[column].name;
  return { what: `${columnLabel(table?.layout.columns[column].index ?? column, name)} is ${values[column]}`, ...placeOf(labels, row) };
}

function oddTarget({ labels }: Block, { values, outputs }: ValueTargets, row: number): OddValue {
  const odd = values.subarray(row * outputs, (row + 1) * outputs).find((value) => !Number.isFinite(value));
  return { what: `the value to predict is ${odd}`, ...placeOf(labels, row) };
}

function placeOf({ lines, records }: Block["labels"], row: number): { readonly line: number; readonly record: number } {
  return { line: lines[row], record: records?.[row] ?? row + 1 };
}
