import { NnError } from "../NnError.ts";
import type { Loss } from "./Loss.ts";

/** Throws an NnError unless every number of `targets` is one that `loss` takes. */
export function checkTargets({ name, range }: Loss, targets: ArrayLike<number>): void {
  if (range === undefined) return;
  const [least, greatest] = range;
  for (let index = 0; index < targets.length; index += 1) {
    if (!(targets[index] >= least && targets[index] <= greatest))
      throw new NnError(`${name}: a target is ${targets[index]}; all must be from ${least} to ${greatest}`);
  }
}
