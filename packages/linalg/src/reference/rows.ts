// Row kernels by their definitions, in f64; matrices are arrays of rows.

/** x[i, :] + row. */
export function addRow(row: number[], x: number[][]): number[][] {
  return x.map((values) => values.map((value, j) => value + row[j]));
}

/** Σᵢ x[i, :]. */
export function sumRows(x: number[][], columns: number): number[] {
  return Array.from({ length: columns }, (_, j) => x.reduce((sum, values) => sum + values[j], 0));
}

/** softmax of each row. */
export function softmax(x: number[][]): number[][] {
  return x.map((values) => {
    const greatest = Math.max(...values);
    const powers = values.map((value) => Math.exp(value - greatest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}

/** The column of each row's greatest element, the first of equals. */
export function argmax(x: number[][]): number[] {
  return x.map((values) => values.indexOf(Math.max(...values)));
}
