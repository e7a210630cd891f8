// Losses with their gradients in one pass. Sums go to cells, so that a training step reads nothing back.
import type { Cell } from "./Cell.ts";
import { checkApart, checkColumn, checkIndices, checkLength, checkOperands, checkSameShape } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import type { Matrix } from "./Matrix.ts";

/**
 * losses[i] = −log softmax(logits[i, :])[targets[i]], and ∂cost/∂logits, already divided by the rows, to `gradient`
 * `[rows × classes]`. `losses` is `[rows × 1]`. Throws a LinalgError on unequal shapes, shared memory, or a target
 * beyond the last class.
 */
export function softmaxCrossEntropy(logits: Matrix, targets: Indices, gradient: Matrix, losses: Matrix): void {
  const backend = checkOperands("softmaxCrossEntropy", { matrices: { logits, gradient, losses }, indices: { targets } });
  checkSameShape("softmaxCrossEntropy", "logits", logits, "gradient", gradient);
  checkColumn("softmaxCrossEntropy", "losses", losses, "logits", logits);
  checkLength("softmaxCrossEntropy", "targets", targets, logits.rows, "the rows of logits are");
  checkApart("softmaxCrossEntropy", { gradient, losses }, { logits });
  checkIndices("softmaxCrossEntropy", "targets", targets, logits.columns, backend);
  backend.kernels.softmaxCrossEntropy(logits.rows, logits.columns, logits.pointer, targets.pointer, gradient.pointer, losses.pointer);
}

/**
 * losses[i] = meanⱼ (predicted[i, j] − targets[i, j])², and ∂cost/∂predicted, already divided by the rows, to `gradient`.
 * `losses` is `[rows × 1]`. Throws a LinalgError on unequal shapes or shared memory.
 */
export function meanSquaredError(predicted: Matrix, targets: Matrix, gradient: Matrix, losses: Matrix): void {
  const { kernels } = checkOperands("meanSquaredError", { matrices: { predicted, targets, gradient, losses } });
  checkColumn("meanSquaredError", "losses", losses, "predicted", predicted);
  checkSameShape("meanSquaredError", "predicted", predicted, "targets", targets);
  checkSameShape("meanSquaredError", "predicted", predicted, "gradient", gradient);
  checkApart("meanSquaredError", { gradient, losses }, { predicted, targets });
  kernels.meanSquaredError(predicted.rows, predicted.columns, predicted.pointer, targets.pointer, gradient.pointer, losses.pointer);
}

/** Adds the elements of `x` to `sum`, in f64, from the first to the last: a batch's losses to an epoch's. */
export function addSum(x: Matrix, sum: Cell): void {
  const { kernels } = checkOperands("addSum", { matrices: { x }, cells: { sum } });
  kernels.addSum(x.size, x.pointer, sum.pointer);
}

/**
 * In a captured step: ends the replay with this step unless `sum` is finite, since weights that such a cost has changed are
 * lost. Done at once it does nothing: whoever makes single calls can look at the cell.
 */
export function haltUnlessFinite(sum: Cell): void {
  const { kernels, recorder } = checkOperands("haltUnlessFinite", { cells: { sum } });
  if (recorder !== undefined) kernels.haltUnlessFinite(sum.pointer);
}

/** Adds to `sum` how many indices are equal in x and y. Throws a LinalgError on unequal lengths. */
export function countEqual(x: Indices, y: Indices, sum: Cell): void {
  const { kernels } = checkOperands("countEqual", { indices: { x, y }, cells: { sum } });
  checkLength("countEqual", "x", x, y.length, "y holds");
  kernels.countEqual(x.length, x.pointer, y.pointer, sum.pointer);
}
