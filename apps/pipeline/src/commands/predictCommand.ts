// `pipeline predict <run> <file|->`.
import { once } from "node:events";
import { resolve } from "node:path";
import { type Features, loadFeatures } from "@downhill/data";
import { likeTrainingFeatures } from "../trainer/loadSets.ts";
import { TrainedModel } from "../model/TrainedModel.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { writeFileAtomically } from "../files/writeFileAtomically.ts";

/** The flags of `predict`. */
export interface PredictFlags {
  readonly out?: string;
}

/** Writes a CSV of what the model says of each row: class and probabilities, or values. */
export async function predictCommand(run: string, file: string, flags: PredictFlags): Promise<void> {
  const model = await TrainedModel.open(resolve(run));
  const rows = await readRows(file, model);
  const lines = csvLines(model, rows);
  if (flags.out !== undefined) {
    await writeOut(flags.out, [...lines].join(""));
    return;
  }
  for (const line of lines) if (!process.stdout.write(line)) await once(process.stdout, "drain");
}

async function writeOut(out: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(resolve(out), new TextEncoder().encode(text));
  } catch (cause) {
    throw new PipelineError(EXIT.usage, `--out ${out} can't be written: ${(cause as Error).message}`, { cause });
  }
}

// MNIST's files are told by their names: …-idx3-ubyte, with or without .gz.
async function readRows(file: string, { preprocessing }: TrainedModel): Promise<Features> {
  const { label } = preprocessing;
  const options = { ...likeTrainingFeatures(preprocessing), ...(label && { label }) };
  if (file === "-") return loadFeatures({ features: process.stdin }, options);
  return loadFeatures(/idx3-ubyte(\.gz)?$/.test(file) ? { images: file } : { features: file }, options);
}

function* csvLines(model: TrainedModel, rows: Features): Generator<string> {
  const { classes, label } = model.preprocessing;
  let first = true;
  for (const outputs of model.predict(rows)) {
    const numbers = Array.from(outputs, String);
    if (first)
      yield record(
        classes === undefined
          ? numbers.map((_, index) => label?.name ?? `value_${index}`)
          : ["class", ...probabilityNames(classes, numbers.length)],
      );
    first = false;
    yield record(classes === undefined ? numbers : [nameOf(classes, outputs.indexOf(Math.max(...outputs))), ...numbers]);
  }
}

function probabilityNames(classes: readonly string[], outputs: number): string[] {
  return Array.from({ length: outputs }, (_, index) => `probability_${nameOf(classes, index)}`);
}

// A model may have more outputs than its training data had classes.
function nameOf(classes: readonly string[], index: number): string {
  return classes[index] ?? String(index);
}

// RFC 4180: a field with a comma, a quote or a line break is quoted, quotes are doubled.
function record(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}\n`;
}
