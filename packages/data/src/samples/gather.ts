/** Copies the given rows of `from`, each `width` wide, to the front of `to` in that order, and returns `to`. */
export function gather<Values extends Float32Array | Int32Array>(from: Values, width: number, rows: Uint32Array, to: Values): Values {
  let at = 0;
  for (const row of rows) {
    const start = row * width;
    for (let column = 0; column < width; column += 1) to[at + column] = from[start + column];
    at += width;
  }
  return to;
}
