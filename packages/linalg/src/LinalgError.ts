/** A wrong call: the message names the operation, the operands with their shapes, and the remedy. */
export class LinalgError extends RangeError {
  override readonly name = "LinalgError";
}
