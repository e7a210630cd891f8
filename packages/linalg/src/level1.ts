// Vector kernels: one pass over the elements.
import type { Cell } from "./Cell.ts";
import { checkApart, checkIndices, checkLength, checkOperands, checkSameOrApart, checkSameShape } from "./checks.ts";
import type { Indices } from "./Indices.ts";
import { LinalgError } from "./LinalgError.ts";
import type { Matrix } from "./Matrix.ts";
import { checkNumber, isWithin } from "./values.ts";

/**
 * y += α·x; x may be y. α is a cell, so that a captured step takes the value it has then. Throws a LinalgError on unequal
 * shapes.
 */
export function axpy(alpha: Cell, x: Matrix, y: Matrix): void {
  const { kernels } = checkOperands("axpy", { cells: { alpha }, matrices: { x, y } });
  checkSameShape("axpy", "x", x, "y", y);
  checkSameOrApart("axpy", "x", x, "y", y);
  kernels.axpy(x.size, alpha.pointer, x.pointer, y.pointer);
}

/** x = α·x. */
export function scal(alpha: number, x: Matrix): void {
  checkNumber("scal: alpha", alpha);
  checkOperands("scal", { matrices: { x } }).kernels.scal(x.size, alpha, x.pointer);
}

/** y[i, :] = x[order[i], :]: the rows of a shuffled batch. Throws a LinalgError on unequal widths or an index beyond x's rows. */
export function gatherRows(x: Matrix, order: Indices, y: Matrix): void {
  const backend = checkOperands("gatherRows", { matrices: { x, y }, indices: { order } });
  if (x.columns !== y.columns) throw new LinalgError(`gatherRows: x is ${x} but y is ${y}; give both the same number of columns`);
  checkLength("gatherRows", "order", order, y.rows, "y's rows are");
  checkApart("gatherRows", { y }, { x });
  checkIndices("gatherRows", "order", order, x.rows, backend);
  backend.kernels.gatherRows(y.rows, x.columns, x.rows, x.pointer, order.pointer, y.pointer);
  if (x.compressed !== undefined) backend.recorder?.noteGathered(y, { source: x, order });
}

/** y[i] = x[order[i]]: the labels of a shuffled batch. Throws a LinalgError on an index beyond x's length. */
export function gather(x: Indices, order: Indices, y: Indices): void {
  const backend = checkOperands("gather", { indices: { x, order, y } });
  checkLength("gather", "order", order, y.length, "y holds");
  checkApart("gather", { y }, { x, order });
  checkIndices("gather", "order", order, x.length, backend);
  backend.kernels.gatherRows(y.length, 1, x.length, x.pointer, order.pointer, y.pointer);
}

/**
 * rows = the next indices of `order`, as many as `rows` holds, from `position` on, which then stands behind them: how a
 * captured step goes from batch to batch. Throws a LinalgError if there are not so many left.
 */
export function takeIndices(order: Indices, position: Cell, rows: Indices): void {
  const { kernels, recorder } = checkOperands("takeIndices", { indices: { order, rows }, cells: { position } });
  checkApart("takeIndices", { rows }, { order });
  if (recorder === undefined && !isWithin(position.value, rows.length, order.length)) {
    throw new LinalgError(`takeIndices: ${rows.length} indices from ${position.value} on asked for; there are ${order.length}`);
  }
  kernels.takeIndices(rows.length, order.pointer, order.length, position.pointer, rows.pointer);
}
