// Losses with their gradients in one pass. Sums go to cells, so that a training step reads nothing back.
import type { Backend } from "./Backend.ts";
import type { Cell } from "./Cell.ts";
import { checkApart, checkColumn, checkIndices, checkLength, checkOperands, checkRow, checkSameShape } from "./checks.ts";
import { Indices } from "./Indices.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, checkOptions } from "./values.ts";

/** How far the targets of {@link weightedCrossEntropy} are from plain classes. */
export interface Softening {
  /** Share of a target that is spread over all classes, 0 ≤ smoothing < 1. */
  readonly smoothing: number;
  /** A weight for each class `[1 × classes]`; all are 1 without it. */
  readonly weights?: Matrix;
}

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

/**
 * losses[i] = w·Σⱼ qⱼ·(−log softmax(logits[i, :])ⱼ) with w the weight of the target's class and q = (1 − smoothing)·onehot(target) +
 * smoothing / classes; otherwise as {@link softmaxCrossEntropy}. Throws a LinalgError as that does.
 */
export function weightedCrossEntropy(logits: Matrix, targets: Indices, gradient: Matrix, losses: Matrix, softening: Softening): void {
  checkOptions("weightedCrossEntropy: softening", softening);
  const { smoothing, weights } = softening;
  const matrices = { logits, gradient, losses, ...(weights !== undefined && { weights }) };
  const backend = checkOperands("weightedCrossEntropy", { matrices, indices: { targets } });
  checkNumber("weightedCrossEntropy: smoothing", smoothing);
  if (!(smoothing >= 0 && smoothing < 1))
    throw new LinalgError(`weightedCrossEntropy: smoothing is ${smoothing}; it must be at least 0 and below 1`);
  checkSameShape("weightedCrossEntropy", "logits", logits, "gradient", gradient);
  checkColumn("weightedCrossEntropy", "losses", losses, "logits", logits);
  checkLength("weightedCrossEntropy", "targets", targets, logits.rows, "the rows of logits are");
  if (weights !== undefined) checkRow("weightedCrossEntropy", "weights", weights, "logits", logits);
  checkApart("weightedCrossEntropy", { gradient, losses }, { logits, ...(weights !== undefined && { weights }) });
  checkIndices("weightedCrossEntropy", "targets", targets, logits.columns, backend);
  const { rows, columns } = logits;
  const pointers = [logits.pointer, targets.pointer, gradient.pointer, losses.pointer] as const;
  backend.kernels.weightedCrossEntropy(rows, columns, ...pointers, smoothing, weights?.pointer ?? 0);
}

/**
 * losses[i] = meanⱼ of the cross-entropy of sigmoid(logits[i, j]) with a target in [0, 1], and ∂cost/∂logits, already divided by the
 * rows, to `gradient`. The targets are values of the logits' shape or, for one column of logits, the classes 0 and 1. Throws a
 * LinalgError on unequal shapes, shared memory, or another class.
 */
export function binaryCrossEntropy(logits: Matrix, targets: Matrix | Indices, gradient: Matrix, losses: Matrix): void {
  const backend = checkLoss("binaryCrossEntropy", { logits }, targets, gradient, losses);
  if (targets instanceof Indices) checkIndices("binaryCrossEntropy", "targets", targets, 2, backend);
  const pointers = [logits.pointer, targets.pointer, gradient.pointer, losses.pointer] as const;
  backend.kernels.binaryCrossEntropy(logits.rows, logits.columns, ...pointers, targets instanceof Indices ? 1 : 0);
}

/**
 * losses[i] = meanⱼ |predicted[i, j] − targets[i, j]|, and ∂cost/∂predicted, already divided by the rows and 0 where they are equal, to
 * `gradient`. `losses` is `[rows × 1]`. Throws a LinalgError on unequal shapes or shared memory.
 */
export function meanAbsoluteError(predicted: Matrix, targets: Matrix, gradient: Matrix, losses: Matrix): void {
  const { kernels } = checkLoss("meanAbsoluteError", { predicted }, targets, gradient, losses);
  const { rows, columns } = predicted;
  kernels.meanAbsoluteError(rows, columns, predicted.pointer, targets.pointer, gradient.pointer, losses.pointer);
}

/**
 * losses[i] = meanⱼ of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2), d = predicted[i, j] − targets[i, j], and ∂cost/∂predicted,
 * already divided by the rows, to `gradient`. Throws a LinalgError on unequal shapes, shared memory or a delta that is not positive.
 */
export function huber(predicted: Matrix, targets: Matrix, gradient: Matrix, losses: Matrix, delta: number): void {
  const { kernels } = checkLoss("huber", { predicted }, targets, gradient, losses);
  checkNumber("huber: delta", delta);
  if (!(delta > 0)) throw new LinalgError(`huber: delta is ${delta}; it must be above 0`);
  const { rows, columns } = predicted;
  kernels.huber(rows, columns, predicted.pointer, targets.pointer, gradient.pointer, losses.pointer, delta);
}

function checkLoss(operation: string, named: Record<string, Matrix>, targets: Matrix | Indices, gradient: Matrix, losses: Matrix): Backend {
  const [[name, output]] = Object.entries(named);
  const classes = targets instanceof Indices;
  const matrices = { ...named, gradient, losses, ...(!classes && { targets }) };
  const backend = checkOperands(operation, { matrices, ...(classes && { indices: { targets } }) });
  checkColumn(operation, "losses", losses, name, output);
  checkTargets(operation, name, output, targets);
  checkSameShape(operation, name, output, "gradient", gradient);
  checkApart(operation, { gradient, losses }, { ...named, ...(!classes && { targets }) });
  return backend;
}

// Values of the output's shape, or one class for each row of a single column.
function checkTargets(operation: string, name: string, output: Matrix, targets: Matrix | Indices): void {
  if (!(targets instanceof Indices)) return checkSameShape(operation, name, output, "targets", targets);
  checkLength(operation, "targets", targets, output.rows, `the rows of ${name} are`);
  if (output.columns === 1) return;
  throw new LinalgError(`${operation}: ${name} is ${output} but the targets are classes; give one column, or values for each`);
}

/** Adds each row's Σ (x − y)² / columns to `sum`, in f64, from the first row to the last. */
export function addSquares(x: Matrix, y: Matrix, sum: Cell): void {
  const { kernels } = checkOperands("addSquares", { matrices: { x, y }, cells: { sum } });
  checkSameShape("addSquares", "x", x, "y", y);
  if (x.size > 0) kernels.addSquares(x.size, x.columns, x.pointer, y.pointer, sum.pointer);
}

/**
 * Adds to `sum` the share of each row's logits that are above 0 where the target is above ½ (or class 1), and not where it is not.
 * Throws a LinalgError on unequal shapes.
 */
export function countSides(logits: Matrix, targets: Matrix | Indices, sum: Cell): void {
  const classes = targets instanceof Indices;
  const matrices: Record<string, Matrix> = { logits, ...(!classes && { targets }) };
  const { kernels } = checkOperands("countSides", { matrices, ...(classes && { indices: { targets } }), cells: { sum } });
  checkTargets("countSides", "logits", logits, targets);
  if (logits.size === 0) return;
  kernels.countSides(logits.size, logits.columns, logits.pointer, targets.pointer, sum.pointer, classes ? 1 : 0);
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
