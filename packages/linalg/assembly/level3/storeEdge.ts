/**
 * C = α · tile + β · C for the valid part [rows × columns] of a tile that was computed beside C; strides are in bytes.
 */
export function storeEdge(tile: usize, tileStride: usize, rows: i32, columns: i32, alpha: f32, beta: f32, c: usize, stride: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (column as usize) << 2;
      let value = load<f32>(tile + at) * alpha;
      if (beta == 1) value = load<f32>(c + at) + value;
      else if (beta != 0) value = load<f32>(c + at) * beta + value;
      store<f32>(c + at, value);
    }
    tile += tileStride;
    c += stride;
  }
}
