// What a program that reads CSV is asked and answers, and whether it can have read the file.
import { BenchError, EXIT } from "../BenchError.ts";
import type { CsvFacts } from "../csvFiles/TableText.ts";

/** A turn: the file as often as it takes to fill the milliseconds, at least once. */
export interface CsvRequest {
  readonly file: string;
  readonly milliseconds: number;
}

/** What came of it. */
export interface CsvReply {
  /** The mean of the turn's readings. */
  readonly milliseconds: number;
  /** What the program found in the file. */
  readonly found: Partial<CsvFacts>;
  /** The most memory that the process has held so far. */
  readonly peakBytes: number;
}

/** Compares what a program found with the `named` facts of the file. Throws a BenchError where they differ. */
export function checkFound(who: string, { found }: CsvReply, facts: CsvFacts, named: readonly (keyof CsvFacts)[]): void {
  for (const name of named) {
    if (found[name] === facts[name]) continue;
    throw new BenchError(
      EXIT.failed,
      `${who} does not read the file: it finds ${found[name]} as its ${name}, it should be ${facts[name]}. No ratio is given.`,
    );
  }
}
