// `pipeline predict <run> <file|->`.
import { resolve } from "node:path";
import type { DataError, Preprocessing } from "@downhill/data";
import { plainText } from "@downhill/sinks";
import { exitCodeOf, messageOf } from "../failure.ts";
import { predictRows } from "../model/predictRows.ts";
import { TrainedModel } from "../model/TrainedModel.ts";
import { valueNames } from "../model/valueNames.ts";
import { PipelineError } from "../PipelineError.ts";
import { untilSignal } from "../signals.ts";
import { malformedPolicy } from "./readingFlags.ts";
import { type PredictionFormatName, predictionFormat } from "./predictionFormat.ts";
import { fileOutput, standardOutput } from "./RowOutput.ts";

const LISTED = 10;

/** The flags of `predict`. */
export interface PredictFlags {
  readonly out?: string;
  readonly format?: PredictionFormatName;
  readonly malformed?: string;
}

/** Writes what the model says of each row, class and probabilities or values, as the rows come. */
export async function predictCommand(run: string, file: string, flags: PredictFlags): Promise<void> {
  const malformed = flags.malformed === undefined ? undefined : malformedPolicy(flags.malformed);
  const { signal } = untilSignal("interrupted");
  const model = await TrainedModel.open(resolve(run));
  const name = flags.format ?? (/\.(ndjson|jsonl)$/i.test(flags.out ?? "") ? "ndjson" : "csv");
  const { header, rows } = predictionFormat(name, model.preprocessing, model.outputs);
  const output = flags.out === undefined ? standardOutput(signal) : await fileOutput(flags.out, file);
  const source = file === "-" ? process.stdin : file;
  let written = 0;
  let leftOut = 0;
  let firstLeftOut = "";
  const onMalformed = ({ message }: DataError): void => {
    if (leftOut === 0) firstLeftOut = message;
    leftOut += 1;
  };
  const options = {
    name: "stdin",
    signal,
    onIgnored: tellIgnored,
    ...(malformed !== undefined && { malformed, onMalformed }),
  };
  try {
    for await (const batch of predictRows(model, source, options)) {
      const text = rows(batch);
      if (written === 0) await output.write(header);
      // Handed over is written, though the reader may be slow to take it.
      written += batch.count;
      await output.write(text);
    }
    await output.finish();
  } catch (error) {
    throw new PipelineError(exitCodeOf(error), `${messageOf(error)}; ${await output.discard(written)}`, { cause: error });
  }
  if (leftOut > 0) tellLeftOut(leftOut, firstLeftOut);
  if (name === "csv") tellFormulas(model.preprocessing, model.outputs);
}

function tellIgnored(columns: readonly string[]): void {
  tell(`the model doesn't use the column${columns.length === 1 ? "" : "s"} ${listed(columns)}`);
}

function tellLeftOut(count: number, first: string): void {
  const what = count > 1 ? `${count} malformed records are left out, and have no rows` : "1 malformed record is left out, and has no row";
  tell(`${what} in what is written; ${count > 1 ? "the first: " : ""}${first}`);
}

// Spreadsheets take a cell that begins so for a formula, quoted or not; the names are written as they are all the same.
function tellFormulas({ classes, ...preprocessing }: Preprocessing, outputs: number): void {
  const names = classes ?? valueNames(preprocessing, outputs);
  const formulas = names.filter((name) => /^[=+\-@\t\r]/.test(name) && Number.isNaN(Number(name)));
  if (formulas.length > 0) tell(`a spreadsheet may take ${listed(formulas)} for formulas; import the file as text`);
}

function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `${names
    .slice(0, LISTED)
    .map((name) => JSON.stringify(plainText(name)))
    .join(", ")}${more}`;
}

function tell(note: string): void {
  process.stderr.write(`note: ${note}\n`);
}
