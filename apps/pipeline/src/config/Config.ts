// A config with every default filled in. What a user may leave out is in schema.ts.
import type { ColumnsConfig, MalformedPolicy } from "@downhill/data";
import type { LayerConfig, LossConfig, OptimizerConfig as AnyOptimizerConfig } from "@downhill/nn";
import type { Delivery } from "@downhill/sinks";

/** Where a set of samples is read from: two CSV files, one table, or a pair of IDX files. Paths are absolute. */
export type SourceConfig =
  | { readonly features: string; readonly labels: string }
  | { readonly file: string; readonly label: string | number }
  | { readonly images: string; readonly labels: string };

/** A source of its own, or a share of the training samples. */
export type SetConfig = SourceConfig | { readonly fraction: number };

/** How the fields of CSV files are told apart, where that is not left to be found out. */
export interface DialectConfig {
  readonly delimiter?: string;
  /** Whether the first record names the columns. */
  readonly header?: boolean;
  /** What a line begins with that is a comment. */
  readonly comment?: string;
}

/** The samples and what is done to them. */
export interface DataConfig extends DialectConfig {
  readonly train: SourceConfig;
  readonly validation?: SetConfig;
  readonly test?: SetConfig;
  /** Size of the image that a sample is; 784 features are taken as 28 × 28. */
  readonly image?: { readonly width: number; readonly height: number };
  /** What is done with the columns of tables; without it every column but the label's is a number. */
  readonly columns?: ColumnsConfig;
  /** What is done with malformed records of CSV files; without it the first is an error. */
  readonly malformed?: MalformedPolicy;
  /** Fitted on the training samples; a number divides every column of numbers. */
  readonly scale?: "standard" | "minmax" | number;
  /** Samples stay in their CSV files, which are read again in each pass. */
  readonly stream?: boolean;
  /** Rows that wait to be shuffled where samples are streamed. */
  readonly shuffleBuffer?: number;
}

/** Initial weights out of a safetensors file, by name. The path is absolute. */
export interface WeightsConfig {
  readonly file: string;
  /** The layers that are taken from it, such as `conv2d_1`; all of them without it. */
  readonly layers?: readonly string[];
  /** Whether the file may lack some of them. */
  readonly partial?: boolean;
}

/** The layers, what they are trained on, and where their weights begin. */
export interface ModelConfig {
  readonly layers: readonly LayerConfig[];
  readonly loss: LossConfig;
  /** A file, or which part of it; without it, each layer's initializer draws them. */
  readonly weights?: string | WeightsConfig;
}

/** The optimizer and its numbers, and the schedule of its learning rate. */
export type OptimizerConfig = AnyOptimizerConfig & { readonly learningRate: number };

/** One entry of `sinks`; what is neither `use` nor `delivery` are the sink's own options. */
export interface SinkConfig {
  readonly use: string;
  readonly delivery?: Partial<Delivery> & {
    /** Whether somebody else's sink has a thread of its own, which it has unless it is told otherwise. */
    readonly isolated?: boolean;
  };
  readonly [option: string]: unknown;
}

/** When the state of a run is written, so that it can be gone on with. */
export interface CheckpointConfig {
  /** After so many batches, counted from the run's beginning. */
  readonly everyBatches?: number;
  /** At the end of an epoch, when the last one is so old. */
  readonly everySeconds: number;
  /** How many of the last ones are kept. */
  readonly keep: number;
}

/** When training ends before its last epoch: the cost watched is validation's, else training's. */
export interface EarlyStoppingConfig {
  /** Epochs without a better cost. */
  readonly patience: number;
  /** How much lower a cost must be to be better. */
  readonly minDelta: number;
  /** Whether the run ends with the weights of its best epoch, and not of its last. */
  readonly restoreBest: boolean;
}

/** What events tell beyond what they always do. */
export interface LogConfig {
  /** Whether each epoch tells the norm of its last gradients, layer by layer. */
  readonly gradientNorms: boolean;
}

/** Everything a run is made from. */
export interface Config {
  readonly $schema?: string;
  readonly name: string;
  readonly seed: number;
  readonly data: DataConfig;
  readonly model: ModelConfig;
  readonly optimizer: OptimizerConfig;
  readonly epochs: number;
  readonly batchSize: "full" | number;
  readonly earlyStopping?: EarlyStoppingConfig;
  readonly checkpoint: CheckpointConfig;
  readonly log: LogConfig;
  /** At most `threads` threads are used; `wide` asks for 256-bit execution where the engine has it. */
  readonly compute: { readonly threads?: number; readonly wide: boolean };
  readonly sinks: readonly SinkConfig[];
}
