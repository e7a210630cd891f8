// Which set a row belongs to, decided by a draw for its number: the same in each pass, without a word of memory a row.
import type { RandomStream } from "@downhill/random";
import { DataError } from "../DataError.ts";

/** A part of the rows to set aside: each row with this chance. */
export interface RowShare {
  readonly fraction: number;
  /** Fixes which rows; it is not drawn from itself. */
  readonly stream: RandomStream;
}

/** The sets of consecutive rows: 0 is the rest, n the n-th share. A later share is one of what the earlier ones leave. */
export class RowShares {
  readonly #fractions: readonly number[];
  readonly #draws: readonly RandomStream[];

  /** Starts at the first row. Throws a DataError for a fraction outside (0, 1). */
  constructor(shares: readonly RowShare[]) {
    const wrong = shares.find(({ fraction }) => !(fraction > 0 && fraction < 1));
    if (wrong !== undefined) throw new DataError(`a share is ${wrong.fraction} of the rows; it must lie between 0 and 1`);
    this.#fractions = shares.map(({ fraction }) => fraction);
    this.#draws = shares.map(({ stream }) => stream.substream(0));
  }

  /** The set of the next row. */
  next(): number {
    let set = 0;
    // Each share draws for each row, so that a share never depends on another one's fraction.
    for (let share = this.#draws.length - 1; share >= 0; share -= 1) {
      if (this.#draws[share].uniform() < this.#fractions[share]) set = share + 1;
    }
    return set;
  }
}
