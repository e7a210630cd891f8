/**
 * C = tile + β · C for the valid part [rows × columns] of a tile that reaches over C's edge. The tile [· × tileColumns]
 * was computed beside C, α included; strides are in bytes.
 */
export function storeEdge(tile: usize, tileStride: usize, rows: i32, columns: i32, beta: f32, c: usize, stride: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const target = c + (row as usize) * stride + ((column as usize) << 2);
      let value = load<f32>(tile + (row as usize) * tileStride + ((column as usize) << 2));
      if (beta == 1) value = load<f32>(target) + value;
      else if (beta != 0) value = load<f32>(target) * beta + value;
      store<f32>(target, value);
    }
  }
}
