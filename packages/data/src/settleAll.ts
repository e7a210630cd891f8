// Several files at once: who mends one would rather hear of the others too.
import { DataError } from "./DataError.ts";

/**
 * The results of the actions, done one after the other, each even if one before has failed. Throws their DataError, of several one
 * that has a line for each; any other error at once.
 */
export async function settleAll<Results extends readonly unknown[]>(
  actions: readonly [...{ [Place in keyof Results]: () => Promise<Results[Place]> }],
): Promise<Results> {
  const results: unknown[] = [];
  const faults: DataError[] = [];
  for (const action of actions) {
    try {
      results.push(await action());
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      faults.push(error);
    }
  }
  const messages = new Set(faults.map(({ message }) => message));
  if (messages.size === 1) throw faults[0];
  if (messages.size > 1) throw new DataError([...messages].join("\n"));
  return results as unknown as Results;
}
