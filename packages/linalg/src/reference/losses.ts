// Losses and their gradients by their definitions, in f64; matrices are arrays of rows.
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
