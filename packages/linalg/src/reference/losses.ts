// Losses and their gradients by their definitions, in f64; matrices are arrays of rows.
import { sigmoid } from "./activations.ts";
import { softmax } from "./rows.ts";

/** Σ over the rows of −log softmax(logits)[target], and ∂(that / rows)/∂logits. */
export function softmaxCrossEntropy(logits: number[][], targets: number[]): { lossSum: number; gradient: number[][] } {
  const probabilities = softmax(logits);
  return {
    lossSum: probabilities.reduce((sum, row, i) => sum - Math.log(row[targets[i]]), 0),
    gradient: probabilities.map((row, i) => row.map((p, j) => (p - (j === targets[i] ? 1 : 0)) / logits.length)),
  };
}

/** Σ over the rows of the mean square of their differences, and ∂(that / rows)/∂predicted. */
export function meanSquaredError(predicted: number[][], targets: number[][]): { lossSum: number; gradient: number[][] } {
  const columns = predicted[0]?.length ?? 0;
  const differences = predicted.map((row, i) => row.map((value, j) => value - targets[i][j]));
  return {
    lossSum: differences.reduce((sum, row) => sum + row.reduce((squares, d) => squares + d * d, 0) / columns, 0),
    gradient: differences.map((row) => row.map((d) => (2 * d) / (predicted.length * columns))),
  };
}

/** Σ over the rows of w·Σⱼ qⱼ·(−log softmax(logits)ⱼ), q = (1 − smoothing)·onehot + smoothing / classes, and ∂(that / rows)/∂logits. */
export function weightedCrossEntropy(
  logits: number[][],
  targets: number[],
  smoothing: number,
  weights: number[],
): { lossSum: number; gradient: number[][] } {
  const wanted = logits.map((row, i) => row.map((_, j) => (j === targets[i] ? 1 - smoothing : 0) + smoothing / row.length));
  const probabilities = softmax(logits);
  return {
    lossSum: probabilities.reduce(
      (sum, row, i) => sum - weights[targets[i]] * row.reduce((inner, p, j) => inner + wanted[i][j] * Math.log(p), 0),
      0,
    ),
    gradient: probabilities.map((row, i) => row.map((p, j) => (weights[targets[i]] * (p - wanted[i][j])) / logits.length)),
  };
}

/** Σ over the rows of the mean of log(1 + e⁻ᶻ) + (1 − t)·z, and ∂(that / rows)/∂logits. */
export function binaryCrossEntropy(logits: number[][], targets: number[][]): { lossSum: number; gradient: number[][] } {
  return elementLoss(
    logits,
    targets,
    (z, t) => Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z))),
    (z, t) => sigmoid(z) - t,
  );
}

/** Σ over the rows of the mean of |p − t|, and ∂(that / rows)/∂predicted. */
export function meanAbsoluteError(predicted: number[][], targets: number[][]): { lossSum: number; gradient: number[][] } {
  return elementLoss(
    predicted,
    targets,
    (p, t) => Math.abs(p - t),
    (p, t) => Math.sign(p - t),
  );
}

/** Σ over the rows of the mean of d²/2 within ±delta and delta·(|d| − delta/2) beyond, and ∂(that / rows)/∂predicted. */
export function huber(predicted: number[][], targets: number[][], delta: number): { lossSum: number; gradient: number[][] } {
  return elementLoss(
    predicted,
    targets,
    (p, t) => (Math.abs(p - t) <= delta ? (p - t) ** 2 / 2 : delta * (Math.abs(p - t) - delta / 2)),
    (p, t) => Math.max(-delta, Math.min(delta, p - t)),
  );
}

function elementLoss(
  output: number[][],
  targets: number[][],
  loss: (y: number, t: number) => number,
  slope: (y: number, t: number) => number,
): { lossSum: number; gradient: number[][] } {
  const columns = output[0]?.length ?? 0;
  return {
    lossSum: output.reduce((sum, row, i) => sum + row.reduce((inner, y, j) => inner + loss(y, targets[i][j]), 0) / columns, 0),
    gradient: output.map((row, i) => row.map((y, j) => slope(y, targets[i][j]) / (output.length * columns))),
  };
}
