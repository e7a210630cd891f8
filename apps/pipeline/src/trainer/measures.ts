// How good a model is on a set, in the unit of the targets.
import type { Preprocessing } from "@downhill/data";
import { type EpochResult, evaluate } from "@downhill/nn";
import type { Result } from "@downhill/sinks";
import type { TrainerParts } from "./TrainerParts.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** Cost and accuracy (or RMSE) of the model as it is on `set`. */
export async function measureSet({ model, preprocessing }: TrainerParts, set: TrainingSet): Promise<Result> {
  return inOwnUnit(await evaluate(model, set.inOrder(model.batchSize)), preprocessing);
}

/** A result as events tell it: the cost is of what is trained on, the scaled values; the error is in their own unit. */
export function inOwnUnit({ cost, accuracy, rmse }: Pick<EpochResult, "cost" | "accuracy" | "rmse">, { target }: Preprocessing): Result {
  return { cost, ...(accuracy !== undefined && { accuracy }), ...(rmse !== undefined && { rmse: rmse * (target?.deviation ?? 1) }) };
}
