// What a bench is to the program: options that become flags, and a run that gives rows and ratios.
import type { Ratio } from "./report/ratio.ts";

/** One figure of one contestant. `who` is its name in ratios too; `who@case` where a bench has several cases. */
export interface Row {
  readonly who: string;
  readonly version: string;
  readonly value: number;
  readonly unit: string;
}

/** What a bench found. */
export interface BenchResult {
  readonly rows: readonly Row[];
  readonly ratios: readonly Ratio[];
  /** Lines a reader needs to judge the figures: what they count, and who was left out and why. */
  readonly notes: readonly string[];
}

/** Whole numbers of at least 1, by the name of their flag. */
export type BenchOptions = Readonly<Record<string, number>>;

/** One question, answered with every rival in the same run. */
export interface Bench {
  /** The question, as the table's first line. */
  readonly question: string;
  /** The flags it takes, with their defaults. */
  readonly options: BenchOptions;
  /** Measures; `progress` takes lines for a person who waits. Throws a BenchError without data or with wrong results. */
  run(options: BenchOptions, progress: (line: string) => void): Promise<BenchResult>;
}
