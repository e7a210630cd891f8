// Matrix and row kernels: the bias of a layer and its gradient.
import { checkApart, checkOperands, checkRow } from "./checks.ts";
import type { Matrix } from "./Matrix.ts";

/** y[i, :] += row for every row of y. Throws a LinalgError unless row is `[1 × columns]` and not one of y's own. */
export function addRow(row: Matrix, y: Matrix): void {
  const { kernels } = checkOperands("addRow", { matrices: { row, y } });
  checkRow("addRow", "row", row, "y", y);
  checkApart("addRow", { y }, { row });
  kernels.addRow(y.rows, y.columns, row.pointer, y.pointer);
}

/**
 * row = Σᵢ x[i, :], each column summed from the first row to the last. Throws a LinalgError unless row is `[1 × columns]` and
 * not one of x's own.
 */
export function sumRows(x: Matrix, row: Matrix): void {
  const { kernels } = checkOperands("sumRows", { matrices: { x, row } });
  checkRow("sumRows", "row", row, "x", x);
  checkApart("sumRows", { row }, { x });
  kernels.sumRows(x.rows, x.columns, x.pointer, row.pointer);
}
