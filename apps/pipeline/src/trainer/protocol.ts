// What the main thread and the trainer's thread say to each other. Facts go up a parcel at a time, each for a credit; matrices never do.
import type { SetCheck } from "@downhill/data";
import type {
  BatchCompleted,
  CheckpointSaved,
  EpochCompleted,
  FinalResult,
  ModelSummary,
  Result,
  SampleSet,
  SamplesPredicted,
  SamplesShown,
  WarningRaised,
  WeightsShown,
} from "@downhill/sinks";
import type { Checkpoint } from "../checkpoint/Checkpoint.ts";
import type { Config } from "../config/Config.ts";
import type { ExitCode } from "../PipelineError.ts";

/** What the trainer's thread is started with. */
export interface TrainerInput {
  readonly config: Config;
  /** The bytes of a RequestWord. */
  readonly request: SharedArrayBuffer;
  /** Where training goes on. */
  readonly checkpoint?: Checkpoint;
}

/** What the trainer has to tell, besides what it has loaded and what it has come to. */
export type TrainerFact = BatchCompleted | EpochCompleted | WeightsShown | SamplesPredicted | CheckpointSaved | WarningRaised;

/** A fact, and when it came about, in milliseconds since 1970. */
export interface TimedFact {
  readonly at: number;
  readonly fact: TrainerFact;
}

/** A file that samples were read from. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What is known once the samples are in memory and the model is built. */
export interface Loaded {
  readonly sets: readonly SampleSet[];
  readonly model: ModelSummary;
  readonly shown: readonly SamplesShown[];
  /** What was found in each set, in the sets' order. */
  readonly checks: readonly SetCheck[];
  /** Lines that a person should read. */
  readonly notices: readonly string[];
  readonly files: readonly SourceFile[];
  /** Threads that compute. */
  readonly threads: number;
  /** How many bits they compute at a time: 128 or 256. */
  readonly compute: "narrow" | "wide";
}

/** What training came to. */
export interface Outcome {
  /** Epochs that were completed. */
  readonly epochs: number;
  /** Whether it ended because the cost would not fall any more. */
  readonly stoppedEarly: boolean;
  readonly train: Result;
  readonly validation?: FinalResult;
  readonly test?: FinalResult;
  readonly weightsSha256: string;
  /** Training alone. */
  readonly durationMs: number;
  readonly samplesPerSecond: number;
  /** The bytes of model.safetensors. */
  readonly model: Uint8Array<ArrayBuffer>;
}

/** The run that is trained for. */
export interface TrainerRun {
  /** Its id. */
  readonly run: string;
  /** The folder for checkpoints. Absolute. */
  readonly checkpoints: string;
  /** Whether someone wants to be told every batch. */
  readonly batches: boolean;
  /** Whether someone wants to look at the model while it is trained. */
  readonly live: boolean;
  /** How many facts may travel together, 1 or more; with 1 training waits until each is queued. */
  readonly together: number;
}

/** To the trainer: start training; one more parcel may be sent; all that it sent is stored. */
export type TrainerCommand = ({ readonly type: "train" } & TrainerRun) | { readonly type: "credit" } | { readonly type: "settled" };

/** From the trainer. */
export type TrainerMessage =
  | { readonly type: "loaded"; readonly loaded: Loaded }
  | { readonly type: "facts"; readonly facts: readonly TimedFact[] }
  | { readonly type: "settle" }
  | { readonly type: "finished"; readonly outcome: Outcome }
  | { readonly type: "failed"; readonly exitCode: ExitCode; readonly message: string };
