/** y[i] = x[order[i]], rows of `columns` 4-byte elements: how a shuffled batch is put together. */
export function gatherRows(count: i32, columns: i32, x: usize, order: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  for (let i = 0; i < count; i++) {
    memory.copy(y, x + (load<i32>(order + ((i as usize) << 2)) as usize) * bytes, bytes);
    y += bytes;
  }
}
