// Looks at the model while it is trained, for whoever asked to watch: often at first, when it changes most, and then at each twentieth.
import type { TrainerFact } from "./protocol.ts";
import { predictionsOf } from "./predictions.ts";
import { shownWeights } from "./shownWeights.ts";
import type { TrainerParts } from "./TrainerParts.ts";

const FIRST_EPOCHS: ReadonlySet<number> = new Set([1, 2, 5, 10, 20, 50]);
const PARTS = 20;

/** Whether the model is looked at after `epoch` of `epochs`; it is looked at after the last one anyhow. */
export function isLookedAt(epoch: number, epochs: number): boolean {
  if (epoch >= epochs) return false;
  const part = (after: number): number => Math.floor((after * PARTS) / epochs);
  return FIRST_EPOCHS.has(epoch) || part(epoch) > part(epoch - 1);
}

/** What there is to see after `epoch`. */
export function looksAt(parts: TrainerParts, epoch: number): TrainerFact[] {
  const seen = [shownWeights(parts), predictionsOf(parts)].filter((fact) => fact !== undefined);
  return seen.map((fact) => ({ ...fact, epoch }));
}
