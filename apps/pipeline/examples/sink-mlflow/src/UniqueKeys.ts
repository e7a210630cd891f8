// Two names may become one when they are cut or freed of what MLflow refuses, and a param that is sent with two values fails the run's
// whole batch. The second one gets a number.
import type { Entry } from "./rows.ts";

const ROOM = 240;

/** Gives every param of a run a key of its own; the same params in the same order always get the same keys. */
export class UniqueKeys {
  readonly #given = new Set<string>();

  /** The params with their keys. */
  own(params: readonly Entry[]): Entry[] {
    return params.map(({ key, value }) => {
      let own = key;
      for (let number = 2; this.#given.has(own); number += 1) own = `${key.slice(0, ROOM)}_${number}`;
      this.#given.add(own);
      return { key: own, value };
    });
  }
}
