// Matrix and row kernels: the bias of a layer and its gradient.
import { checkRow, sharedLinalg } from "./checks.ts";
import type { Matrix } from "./Matrix.ts";

/** y[i, :] += row for every row of y. Throws a LinalgError unless row is `[1 × columns]`. */
export function addRow(row: Matrix, y: Matrix): void {
  const linalg = sharedLinalg("addRow", { row, y });
  checkRow("addRow", "row", row, "y", y);
  linalg.kernels.addRow(y.rows, y.columns, row.pointer, y.pointer);
}

/** row = Σᵢ x[i, :], each column summed from the first row to the last. Throws a LinalgError unless row is `[1 × columns]`. */
export function sumRows(x: Matrix, row: Matrix): void {
  const linalg = sharedLinalg("sumRows", { x, row });
  checkRow("sumRows", "row", row, "x", x);
  linalg.kernels.sumRows(x.rows, x.columns, x.pointer, row.pointer);
}
