import type { Loss } from "./Loss.ts";
import { meanSquaredError } from "./meanSquaredError.ts";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy.ts";

/** The name of a loss. */
export type LossName = "softmaxCrossEntropy" | "meanSquaredError";

/** Every loss by the name that configs use. */
export const losses: Readonly<Record<LossName, Loss>> = { softmaxCrossEntropy, meanSquaredError };
