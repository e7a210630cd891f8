// The sizes of one sample on its way through a model: [features], or [height, width, channels] with the channels side by
// side, as Keras orders them. A batch of samples is a matrix of a row each, `[batch × product of the sizes]`.

/** The sizes of one sample: `[features]` or `[height, width, channels]`. */
export type Shape = readonly number[];

/** The numbers that a sample of this shape has. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape as messages and summaries show it: `28 × 28 × 1`. */
export function shapeText(shape: Shape): string {
  return shape.join(" × ");
}
