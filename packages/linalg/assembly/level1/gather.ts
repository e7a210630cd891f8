import { raiseFault } from "../team/fault";

/** y[i] = x[order[i]], rows of `columns` 4-byte elements of x [bound × columns]: how a shuffled batch is put together. */
export function gatherRows(count: i32, columns: i32, bound: i32, x: usize, order: usize, y: usize): void {
  const bytes = (columns as usize) << 2;
  for (let i = 0; i < count; i++) {
    const index = load<u32>(order + ((i as usize) << 2));
    if (index >= (bound as u32)) return raiseFault();
    memory.copy(y, x + (index as usize) * bytes, bytes);
    y += bytes;
  }
}

/** rows = the next `count` of the `length` indices at `order`, from the f64 at `position` on, which moves behind them. */
export function takeIndices(count: i32, order: usize, length: i32, position: usize, rows: usize): void {
  const start = load<f64>(position);
  if (!(start >= 0 && start + (count as f64) <= (length as f64) && start == floor(start))) return raiseFault();
  memory.copy(rows, order + ((start as usize) << 2), (count as usize) << 2);
  store<f64>(position, start + (count as f64));
}
