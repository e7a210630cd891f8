// What a run tells the world: facts in the past tense, plain JSON values, never a view of memory that training will
// overwrite. The `type` strings and field names are the same in files, docs and plugins. In files (NDJSON) the numbers
// that JSON lacks are the strings "NaN", "Infinity" and "-Infinity".

/** An image to look at; `pixels` is base64 of width × height bytes, row by row, 0 = background, 255 = full ink. */
export interface Picture {
  /** Row of the sample in its set, from 0. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
  /** Class index of the true label, where the set has classes. */
  readonly label?: number;
}

/** An image together with what the model says of it. */
export interface PredictedPicture extends Picture {
  /** Class index of the greatest probability, the first of equals. */
  readonly predicted: number;
  /** One probability a class, in class order. */
  readonly probabilities: readonly number[];
}

/** One of the sets of samples that a run uses. */
export interface SampleSet {
  readonly name: "train" | "validation" | "test";
  readonly samples: number;
  /** Numbers a sample: the columns of the feature matrix. */
  readonly features: number;
  /** Width of the target matrix: the number of classes, or of values to predict. */
  readonly outputs: number;
  /** Class names by class index; absent in regression. */
  readonly classes?: readonly string[];
}

/** One line of the model's summary. */
export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  /** Width of the layer's output: `[batch × units]`. */
  readonly units: number;
  /** Trainable numbers in the layer. */
  readonly parameters: number;
  /** The shape of a sample as it comes out: `[height, width, channels]` of images. */
  readonly output?: readonly number[];
  /** Multiplications and additions of a sample's forward pass. */
  readonly flops?: number;
}

/** What the model is made of. */
export interface ModelSummary {
  readonly inputs: number;
  /** The shape of a sample, where it is an image: `[height, width, channels]`. */
  readonly input?: readonly number[];
  /** Multiplications and additions of a sample's forward pass. */
  readonly flops?: number;
  readonly layers: readonly LayerSummary[];
  readonly parameters: number;
  readonly loss: string;
  readonly optimizer: string;
}

/** How well the model does on a set: `accuracy` (0..1) where targets are classes, `rmse` in the target's unit where they are values. */
export interface Result {
  readonly cost: number;
  readonly accuracy?: number;
  readonly rmse?: number;
}

/** A result with the final weights. */
export interface FinalResult extends Result {
  /**
   * Samples by true class (row) and predicted class (column), `[classes × classes]`; in a classification whose program counts them.
   */
  readonly confusionMatrix?: readonly (readonly number[])[];
}

/** How a run ended. */
export type RunEnd = "finished" | "stoppedEarly" | "aborted" | "diverged" | "failed";

/** The first event of every run. */
export interface RunStarted {
  readonly type: "runStarted";
  readonly name: string;
  /** The configuration as resolved; values that came from the environment stay `${VAR}`. */
  readonly config: unknown;
  /** Epochs the run is to make. */
  readonly epochs: number;
  /** What the run is made with, as a reader should see it: versions, threads, machine; name → value, in the order to show. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The samples are in memory. */
export interface DataLoaded {
  readonly type: "dataLoaded";
  readonly sets: readonly SampleSet[];
  /** The trained model's layers, known once the data's width is. */
  readonly model: ModelSummary;
}

/** A few images of a set; the first one is the random pick to show large. At most 64 pictures. */
export interface SamplesShown {
  readonly type: "samplesShown";
  readonly set: SampleSet["name"];
  readonly classes?: readonly string[];
  readonly samples: readonly Picture[];
}

/** One pass over the training set is done. */
export interface EpochCompleted extends Result {
  readonly type: "epochCompleted";
  /** From 1. `cost` and `accuracy` are of the forward passes before each update. */
  readonly epoch: number;
  readonly epochs: number;
  /** After the epoch's last update. */
  readonly validation?: Result;
  readonly learningRate: number;
  readonly samplesPerSecond: number;
  readonly durationMs: number;
  /** Where the config asks for it: the norm of the gradients of the epoch's last batch, by the layer's name. */
  readonly gradientNorms?: Readonly<Record<string, number>>;
}

/** One batch of an epoch is done. There may be thousands an epoch, so it comes only from a program that was asked for it. */
export interface BatchCompleted {
  readonly type: "batchCompleted";
  /** The epoch under way, from 1. */
  readonly epoch: number;
  /** From 1. */
  readonly batch: number;
  /** Batches of the epoch. */
  readonly batches: number;
  /** Of the batch alone, before its update. */
  readonly cost: number;
}

/** What the model says of a few test images; the first one is the random pick. At most 64 pictures, the mistakes included. */
export interface SamplesPredicted {
  readonly type: "samplesPredicted";
  /** The epoch that was just completed, while training goes on; not there once the model is trained. */
  readonly epoch?: number;
  readonly set: SampleSet["name"];
  readonly classes?: readonly string[];
  readonly samples: readonly PredictedPicture[];
  /** Of all samples of the set that are predicted wrongly, those with the greatest probability of the wrong class, the greatest first. */
  readonly worstMistakes?: readonly PredictedPicture[];
}

/** The weights that lead into some units of a layer, as images: where the layer's input is one. At most 64 pictures. */
export interface WeightsShown {
  readonly type: "weightsShown";
  /** The epoch that was just completed, while training goes on; not there once the model is trained. */
  readonly epoch?: number;
  readonly layer: string;
  /** One a unit, `index` its number; a pixel is 127.5 + 127.5 · weight / limit, rounded: 0 is −limit, 255 is +limit. */
  readonly images: readonly Picture[];
  /** The greatest absolute weight of all images. */
  readonly limit: number;
}

/** The state of the run was written, so that it can be gone on with. */
export interface CheckpointSaved {
  readonly type: "checkpointSaved";
  /** The file, from the run folder. */
  readonly path: string;
  /** Epochs that were complete, and batches of the one under way. */
  readonly epoch: number;
  readonly batch: number;
}

/** Something a person should know that does not stop the run. */
export interface WarningRaised {
  readonly type: "warningRaised";
  readonly message: string;
}

/** A sink was dropped; the run goes on without it, unless it was required. */
export interface SinkFailed {
  readonly type: "sinkFailed";
  readonly sink: string;
  readonly message: string;
}

/** The last event of every run, however it ends; `train`, `validation` and `test` are evaluated with the final weights. */
export interface RunCompleted {
  readonly type: "runCompleted";
  readonly reason: RunEnd;
  /** What went wrong, when `reason` is "diverged" or "failed". */
  readonly message?: string;
  /** Epochs completed. */
  readonly epochs: number;
  readonly train?: FinalResult;
  readonly validation?: FinalResult;
  readonly test?: FinalResult;
  readonly weightsSha256?: string;
  /** Time spent in training alone. */
  readonly durationMs: number;
}

/** A fact, before the run stamps it. */
export type TrainingFact =
  | RunStarted
  | DataLoaded
  | SamplesShown
  | BatchCompleted
  | EpochCompleted
  | SamplesPredicted
  | WeightsShown
  | CheckpointSaved
  | WarningRaised
  | SinkFailed
  | RunCompleted;

/** What every event carries: the version of this contract, the run, its place in the stream (from 0), and when (ISO 8601, UTC). */
export interface EventStamp {
  readonly version: 1;
  readonly run: string;
  readonly sequence: number;
  readonly at: string;
}

/** A stamped fact; `run` and `sequence` together identify it. */
export type TrainingEvent = EventStamp & TrainingFact;
