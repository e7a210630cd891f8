// The one error class of this package: what was wrong, where, and what to do about it.

/** Thrown by the built-in sinks and by the readers and drawing functions beside them; `message` is fit for a person to read. */
export class SinkError extends Error {
  override readonly name: string = "SinkError";
}
