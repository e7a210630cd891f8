// Losses with their gradients in one pass. Sums go to cells, so that a training step reads nothing back.
import type { Cell } from "./Cell.ts";
import { checkColumn, checkIndices, checkLength, checkSameShape, sharedLinalg } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import type { Matrix } from "./Matrix.ts";

/**
 * losses[i] = −log softmax(logits[i, :])[targets[i]], and ∂cost/∂logits, already divided by the rows, to `gradient`
 * `[rows × classes]`. `losses` is `[rows × 1]`. Throws a LinalgError on unequal shapes or a target beyond the last class.
 */
export function softmaxCrossEntropy(logits: Matrix, targets: Indices, gradient: Matrix, losses: Matrix): void {
  const linalg = sharedLinalg("softmaxCrossEntropy", { logits, targets, gradient, losses });
  checkSameShape("softmaxCrossEntropy", "logits", logits, "gradient", gradient);
  checkColumn("softmaxCrossEntropy", "losses", losses, "logits", logits);
  checkLength("softmaxCrossEntropy", "targets", targets, logits.rows, "the rows of logits are");
  checkIndices("softmaxCrossEntropy", "targets", targets, logits.columns);
  linalg.kernels.softmaxCrossEntropy(logits.rows, logits.columns, logits.pointer, targets.pointer, gradient.pointer, losses.pointer);
}

/**
 * losses[i] = meanⱼ (predicted[i, j] − targets[i, j])², and ∂cost/∂predicted, already divided by the rows, to `gradient`.
 * `losses` is `[rows × 1]`. Throws a LinalgError on unequal shapes.
 */
export function meanSquaredError(predicted: Matrix, targets: Matrix, gradient: Matrix, losses: Matrix): void {
  const linalg = sharedLinalg("meanSquaredError", { predicted, targets, gradient, losses });
  checkColumn("meanSquaredError", "losses", losses, "predicted", predicted);
  checkSameShape("meanSquaredError", "predicted", predicted, "targets", targets);
  checkSameShape("meanSquaredError", "predicted", predicted, "gradient", gradient);
  linalg.kernels.meanSquaredError(predicted.rows, predicted.columns, predicted.pointer, targets.pointer, gradient.pointer, losses.pointer);
}

/** Adds the elements of `x` to `sum`, in f64, from the first to the last: a batch's losses to an epoch's. */
export function addSum(x: Matrix, sum: Cell): void {
  const linalg = sharedLinalg("addSum", { x, sum });
  linalg.kernels.addSum(x.size, x.pointer, sum.pointer);
}

/** Adds to `sum` how many indices are equal in x and y. Throws a LinalgError on unequal lengths. */
export function countEqual(x: Indices, y: Indices, sum: Cell): void {
  const linalg = sharedLinalg("countEqual", { x, y, sum });
  checkLength("countEqual", "x", x, y.length, "y holds");
  linalg.kernels.countEqual(x.length, x.pointer, y.pointer, sum.pointer);
}
