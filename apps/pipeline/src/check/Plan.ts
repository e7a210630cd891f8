// What a run of a config would be, as far as it is known before the first epoch.
import type { FittedColumn, Preprocessing, SetCheck } from "@downhill/data";
import type { ModelSummary, SampleSet } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import type { SourceFile } from "../trainer/protocol.ts";

/** A set of samples and where it comes from. */
export interface PlannedSet extends SampleSet {
  /** Files as the config names them, or a share of the training samples. */
  readonly from: string;
}

/** What was found in a set. A range that no number is in is absent, and so is what was not looked for. */
export interface PlannedCheck extends Omit<SetCheck, "minimum" | "maximum" | "constant" | "repeated" | "inFirst"> {
  readonly minimum?: number;
  readonly maximum?: number;
  /** Names of features, or indices from 0, that have one value in all rows. */
  readonly constant: readonly string[];
  readonly repeated?: number;
  readonly inTraining?: number;
}

/** A column of a table and what becomes of it. */
export interface PlannedColumn extends Omit<FittedColumn, "categories"> {
  /** How many features it becomes. */
  readonly features: number;
}

/** The resolved plan of a run. Texts hold `${VAR}` where the config does. */
export interface Plan {
  readonly name: string;
  readonly seed: number;
  readonly sets: readonly PlannedSet[];
  readonly files: readonly SourceFile[];
  /** What was found in each set; of samples that are streamed, rows that stand twice or in two sets are not looked for. */
  readonly dataCheck: readonly PlannedCheck[];
  /** Where types were given or found for the columns of a table; otherwise each is a number. */
  readonly columns?: readonly PlannedColumn[];
  readonly scale?: Config["data"]["scale"];
  /** Where samples are streamed: the rows that wait to be shuffled. */
  readonly stream?: { readonly shuffleBuffer: number };
  readonly image?: Preprocessing["image"];
  /** How values to predict are scaled in training, if they are. */
  readonly target?: Preprocessing["target"];
  readonly model: ModelSummary;
  readonly optimizer: Config["optimizer"];
  readonly epochs: number;
  readonly batchSize: Config["batchSize"];
  readonly batchesPerEpoch: number;
  readonly compute: { readonly threads: number | "all cores"; readonly width: "narrow" | "wide" };
  /** In the memory that training works in: the samples (of streamed ones, those that wait to be shuffled), and all else (weights, gradients, optimizer, buffers). */
  readonly memoryBytes: { readonly samples: number; readonly model: number };
  readonly sinks: readonly string[];
  /** Where the run folder would be. */
  readonly runDir: string;
  /** What is allowed, and perhaps not meant. */
  readonly warnings: readonly string[];
}
