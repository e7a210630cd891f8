// Raw rows of a file or a stream → what the model says of them, a batch at a time.
import {
  type ByteSource,
  type CsvOptions,
  type FeatureRows,
  loadFeatures,
  preprocessFeatures,
  type FeatureStreamOptions,
  streamFeatures,
} from "@downhill/data";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { likeTrainingFeatures } from "../trainer/loadSets.ts";
import { BATCH_SIZE, NOT_FINITE, type TrainedModel } from "./TrainedModel.ts";

/** What the model says of some consecutive rows. */
export interface Predictions {
  readonly count: number;
  /** [count × outputs]: probabilities, or values in their own unit. */
  readonly values: Float32Array;
}

/** Preprocessed rows; only those of a text have places in it. */
type ReadyRows = Pick<FeatureRows, "count" | "features" | "recordsBefore"> & Partial<FeatureRows>;

/**
 * Predicts every row of a CSV file, read batch by batch, or of MNIST's files of images, which are told by their names and read whole. Throws
 * a DataError or a PipelineError (data), with file and line, after the batches before the fault.
 */
export async function* predictRows(
  model: TrainedModel,
  source: ByteSource,
  options: Omit<FeatureStreamOptions, "batchRows"> & Pick<CsvOptions, "malformed" | "onMalformed">,
): AsyncGenerator<Predictions, void, undefined> {
  const isImages = typeof source === "string" && /idx3-ubyte(\.gz)?$/.test(source);
  const batches = isImages
    ? imageRows(model, source)
    : streamFeatures(source, model.preprocessing, { ...model.dialect, ...options, batchRows: BATCH_SIZE });
  for await (const rows of batches) {
    const values = model.predict(rows.features, rows.count);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw noAnswer(rows, Math.floor(bad / model.outputs));
    yield { count: rows.count, values };
  }
}

async function* imageRows({ preprocessing }: TrainedModel, images: string): AsyncGenerator<ReadyRows, void, undefined> {
  const { count, inputs, features } = preprocessFeatures(
    preprocessing,
    await loadFeatures({ images }, likeTrainingFeatures(preprocessing)),
  );
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, count - start);
    yield { count: size, recordsBefore: start, features: features.subarray(start * inputs, (start + size) * inputs) };
  }
}

function noAnswer({ file, lines, recordsBefore }: ReadyRows, row: number): PipelineError {
  const place = file === undefined ? "" : `${file}:${lines?.[row]}  `;
  return new PipelineError(EXIT.data, `${place}record ${recordsBefore + row + 1}: ${NOT_FINITE}`);
}
