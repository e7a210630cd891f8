/** C = α·op(A)·op(B) + β·C by the definition, in f64; matrices are arrays of rows. */
export function gemm(a: number[][], b: number[][], c: number[][], alpha = 1, beta = 0): number[][] {
  return c.map((row, i) =>
    row.map((value, j) => {
      let sum = 0;
      for (let p = 0; p < b.length; p += 1) sum += a[i][p] * b[p][j];
      return alpha * sum + (beta === 0 ? 0 : beta * value);
    }),
  );
}

/** The transpose, with `columns` for a matrix that has no rows to tell them by. */
export function transpose(x: number[][], columns: number): number[][] {
  return Array.from({ length: columns }, (_, j) => x.map((row) => row[j]));
}
