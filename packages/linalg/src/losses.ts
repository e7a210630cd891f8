// Losses with their gradients in one pass. The sums go to cells, so that a training step reads nothing back.
import type { Cell } from "./Cell.ts";
import { checkIndices, checkLength, checkSameShape, sharedLinalg } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import type { Matrix } from "./Matrix.ts";

/**
 * Adds Σᵢ −log softmax(logits[i, :])[targets[i]] to `lossSum` and writes ∂cost/∂logits, already divided by the rows, to
 * `gradient` `[rows × classes]`. Throws a LinalgError on unequal shapes or a target beyond the last class.
 */
export function softmaxCrossEntropy(logits: Matrix, targets: Indices, gradient: Matrix, lossSum: Cell): void {
  const linalg = sharedLinalg("softmaxCrossEntropy", { logits, targets, gradient, lossSum });
  checkSameShape("softmaxCrossEntropy", "logits", logits, "gradient", gradient);
  checkLength("softmaxCrossEntropy", "targets", targets, logits.rows, "the rows of logits are");
  checkIndices("softmaxCrossEntropy", "targets", targets, logits.columns);
  linalg.kernels.softmaxCrossEntropy(logits.rows, logits.columns, logits.pointer, targets.pointer, gradient.pointer, lossSum.pointer);
}

/**
 * Adds Σᵢ meanⱼ (predicted[i, j] − targets[i, j])² to `lossSum` and writes ∂cost/∂predicted, already divided by the rows,
 * to `gradient`. Throws a LinalgError on unequal shapes.
 */
export function meanSquaredError(predicted: Matrix, targets: Matrix, gradient: Matrix, lossSum: Cell): void {
  const linalg = sharedLinalg("meanSquaredError", { predicted, targets, gradient, lossSum });
  checkSameShape("meanSquaredError", "predicted", predicted, "targets", targets);
  checkSameShape("meanSquaredError", "predicted", predicted, "gradient", gradient);
  linalg.kernels.meanSquaredError(predicted.rows, predicted.columns, predicted.pointer, targets.pointer, gradient.pointer, lossSum.pointer);
}

/** Adds to `sum` how many indices are equal in x and y. Throws a LinalgError on unequal lengths. */
export function countEqual(x: Indices, y: Indices, sum: Cell): void {
  const linalg = sharedLinalg("countEqual", { x, y, sum });
  checkLength("countEqual", "x", x, y.length, "y holds");
  linalg.kernels.countEqual(x.length, x.pointer, y.pointer, sum.pointer);
}
