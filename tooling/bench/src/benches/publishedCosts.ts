// The costs that the reference experiment was published with: a program that doesn't come near them has not trained it.
import { BenchError, EXIT } from "../BenchError.ts";

/** Published cost by iteration. Before 100 the initial weights still decide it. */
const PUBLISHED: ReadonlyMap<number, number> = new Map([
  [100, 0.10787],
  [150, 0.05416],
  [200, 0.03227],
  [250, 0.02187],
  [300, 0.01613],
  [350, 0.01259],
  [400, 0.01023],
  [450, 0.00855],
]);

/** Epochs until there is a cost to compare: epoch 101 is iteration 100. */
export const CHECKED_EPOCHS = 101;

/** Compares the costs of a run, iteration 0 first, with the published ones. Throws a BenchError where they are too far off. */
export function checkCosts(who: string, costs: readonly number[]): void {
  if (costs.length < CHECKED_EPOCHS) throw new BenchError(EXIT.failed, `${who} ran ${costs.length} epochs, too few to check what it did`);
  for (const [iteration, published] of PUBLISHED) {
    if (iteration >= costs.length) break;
    const cost = costs[iteration];
    // Other seeds spread by up to 3.4% at 100 and 150, by less later.
    const tolerance = iteration < 200 ? 0.05 : 0.03;
    // Written so that NaN fails.
    if (Math.abs(cost / published - 1) <= tolerance) continue;
    throw new BenchError(
      EXIT.failed,
      `${who} does not train the reference experiment: its cost at iteration ${iteration} is ${cost}, published is ${published}. No ratio is given.`,
    );
  }
}

/** Epochs after which a slow program's costs are compared with the start that every seed makes. */
export const FIRST_EPOCHS = 7;
/** log 10, the cost of ten classes that are all alike: the initial weights are small. */
const FIRST_COST = Math.LN10;
/** By then the cost is 0.62 to 0.65 of the first one. */
const FALL = 0.75;

/** Checks the first costs of a program that is too slow for {@link checkCosts}: where they start, and that they fall. Throws a BenchError. */
export function checkFirstCosts(who: string, costs: readonly number[]): void {
  if (costs.length < FIRST_EPOCHS) throw new BenchError(EXIT.failed, `${who} ran ${costs.length} epochs, too few to check what it did`);
  const [first, after] = [costs[0], costs[FIRST_EPOCHS - 1]];
  if (Math.abs(first / FIRST_COST - 1) <= 0.02 && after > 0 && after <= FALL * first) return;
  throw new BenchError(
    EXIT.failed,
    `${who} does not train the reference experiment: its cost is ${first} at first and ${after} at iteration ${FIRST_EPOCHS - 1}. No ratio is given.`,
  );
}
