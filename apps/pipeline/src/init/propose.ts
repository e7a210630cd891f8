// A table → everything that a config has to say about it, decided.
import { basename, dirname, relative, resolve, sep } from "node:path";
import { describeTable, type TableDescription } from "@downhill/data";
import { areImages, type ColumnDecision, decideColumns, isPlain } from "./decideColumns.ts";
import { decideLabel, type LabelDecision } from "./decideLabel.ts";
import { decideTraining, type TrainingDecision } from "./decideTraining.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { ReadingConfig } from "../trainer/loadSets.ts";

/** Enough to see nearly every category, and what is now and then missing. */
const SAMPLE_RECORDS = 100_000;
/** In a wider table only the columns that need a word get one. */
const MOST_LISTED = 1000;

/** What was decided. */
export interface Proposal {
  readonly file: string;
  readonly reading: ReadingConfig;
  readonly table: TableDescription;
  readonly label: LabelDecision;
  readonly columns: readonly ColumnDecision[];
  readonly images: boolean;
  readonly training: TrainingDecision;
}

/** What a person said beforehand. */
export interface ProposeOptions {
  /** The column to predict, by name or index from 0. */
  readonly label?: string;
  /** How the file is read. */
  readonly reading: ReadingConfig;
}

/** Looks at the table in `file` and decides. Throws a DataError or PipelineError where that can't be done. */
export async function propose(file: string, { label: wanted, reading }: ProposeOptions): Promise<Proposal> {
  const table = await describeTable(file, { ...reading, sampleRecords: SAMPLE_RECORDS });
  const label = decideLabel(table, wanted);
  const columns = decideColumns(table, label.column.index);
  if (columns.every(({ features }) => features === 0)) {
    throw new PipelineError(EXIT.data, `${file}: no column but the label's can be learnt from`);
  }
  const images = areImages(table, label.column.index);
  return { file, reading, table, label, columns, images, training: decideTraining(table, label, images) };
}

/** The config, as it stands in a file at `out`. */
export function configOf(proposal: Proposal, out: string): Record<string, unknown> {
  const { file, reading, label, training } = proposal;
  const { test, validation, scale, layers, loss, optimizer, epochs, batchSize } = training;
  const listed = listedColumns(proposal);
  return {
    name: nameOf(file),
    data: {
      train: {
        file: relative(dirname(resolve(out)), resolve(file))
          .split(sep)
          .join("/"),
        label: label.key,
      },
      ...(validation && { validation }),
      test,
      ...(listed.length > 0 && { columns: Object.fromEntries(listed.map(({ key, config }) => [key, config])) }),
      ...reading,
      scale,
    },
    model: { layers, loss },
    optimizer,
    epochs,
    batchSize,
  };
}

/** The columns that the config has a word for: none of images, of a very wide table those that need one, else all. */
export function listedColumns({ columns, images }: Proposal): ColumnDecision[] {
  return columns.filter((column) => (!images && columns.length <= MOST_LISTED) || !isPlain(column));
}

// What a run may be called, from what the file is called.
function nameOf(file: string): string {
  const stem = basename(file)
    .replace(/\.gz$/, "")
    .replace(/\.[^.]*$/, "");
  return (
    stem
      .replaceAll(/[^\w.-]+/g, "-")
      .replace(/^[^\w-]+/, "")
      .slice(0, 64) || "run"
  );
}
