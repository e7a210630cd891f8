/** A wrong model, batch or file: the message names the layer or tensor, the shapes, and the remedy. */
export class NnError extends Error {
  override readonly name = "NnError";
}
