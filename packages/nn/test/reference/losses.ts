// Losses in f64, from their definitions: the cost of a batch, and its gradient by the output.

/** Outputs and targets are arrays of rows; a class is its index in a row of its own. */
export interface LossReference {
  readonly cost: (outputs: number[][], targets: number[][]) => number;
  readonly gradient: (outputs: number[][], targets: number[][]) => number[][];
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function softmax(row: number[]): number[] {
  const greatest = Math.max(...row);
  const powers = row.map((z) => Math.exp(z - greatest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Cross-entropy of softmax, targets smoothed by `smoothing`, samples weighted by their class. */
export function crossEntropy(smoothing: number, weightOf: (index: number) => number): LossReference {
  const wanted = (columns: number, target: number): number[] =>
    Array.from({ length: columns }, (_, j) => (j === target ? 1 - smoothing : 0) + smoothing / columns);
  return {
    cost: (outputs, targets) =>
      mean(
        outputs.map((row, i) => {
          const q = wanted(row.length, targets[i][0]);
          const logSum = Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0));
          return weightOf(targets[i][0]) * row.reduce((sum, z, j) => sum + q[j] * (logSum - z), 0);
        }),
      ),
    gradient: (outputs, targets) =>
      outputs.map((row, i) => {
        const q = wanted(row.length, targets[i][0]);
        return softmax(row).map((p, j) => (weightOf(targets[i][0]) * (p - q[j])) / outputs.length);
      }),
  };
}

/** The mean over samples and outputs of a function of an output and its target. */
function elementwise(loss: (y: number, t: number) => number, slope: (y: number, t: number) => number): LossReference {
  return {
    cost: (outputs, targets) => mean(outputs.map((row, i) => mean(row.map((y, j) => loss(y, targets[i][j]))))),
    gradient: (outputs, targets) => outputs.map((row, i) => row.map((y, j) => slope(y, targets[i][j]) / (outputs.length * row.length))),
  };
}

/** Cross-entropy of sigmoid. */
export const binary: LossReference = elementwise(
  (z, t) => -t * Math.log(1 / (1 + Math.exp(-z))) - (1 - t) * Math.log(1 - 1 / (1 + Math.exp(-z))),
  (z, t) => 1 / (1 + Math.exp(-z)) - t,
);

export const squared: LossReference = elementwise(
  (y, t) => (y - t) ** 2,
  (y, t) => 2 * (y - t),
);

export const absolute: LossReference = elementwise(
  (y, t) => Math.abs(y - t),
  (y, t) => Math.sign(y - t),
);

export function huber(delta: number): LossReference {
  return elementwise(
    (y, t) => (Math.abs(y - t) <= delta ? (y - t) ** 2 / 2 : delta * (Math.abs(y - t) - delta / 2)),
    (y, t) => (Math.abs(y - t) <= delta ? y - t : delta * Math.sign(y - t)),
  );
}
