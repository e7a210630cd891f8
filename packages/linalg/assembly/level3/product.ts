// The product under way, C [m × n] = α · op(A) · op(B) + β · C, as this thread's variables: a product has more numbers
// than a function should have parameters. Strides are in bytes:
//   op(A)[i, p] at a + i · aRow + p · aColumn,  op(B)[p, j] at b + p · bRow + j · bColumn,  C[i, j] at c + i · cRow + 4 · j.
import { addressAt, countAt, realAt } from "../team/arguments";

export let m: i32 = 0;
export let n: i32 = 0;
export let k: i32 = 0;
export let alpha: f32 = 0;
export let beta: f32 = 0;
export let a: usize = 0;
export let aRow: usize = 0;
export let aColumn: usize = 0;
export let b: usize = 0;
export let bRow: usize = 0;
export let bColumn: usize = 0;
export let c: usize = 0;
export let cRow: usize = 0;
/** The compressed rows of op(A) (see sparse/segments), or 0. */
export let compressed: usize = 0;
/** Row i of op(A), or its column where `gatheredColumns`, is row order[i] of what is compressed; 0: row i itself. */
export let order: usize = 0;
/** Whether the compressed rows are op(A)'s columns. */
export let gatheredColumns: bool = false;
/** Room to compress op(A) in, or 0: then it is taken as dense. */
export let scratch: usize = 0;
/** Bytes of it for each thread, where each turns the gathered rows for itself; 0: one turns them for all. */
export let scratchStep: usize = 0;
/** Jobs that follow this one and work on C as soon as a block of it is done. */
export let epilogue: usize = 0;
export let epilogueEnd: usize = 0;

/** Takes the arguments of a product, in the order of Kernels.gemm. */
export function takeProduct(args: usize): void {
  m = countAt(args, 0);
  n = countAt(args, 1);
  k = countAt(args, 2);
  alpha = realAt(args, 3) as f32;
  a = addressAt(args, 4);
  aRow = addressAt(args, 5) << 2;
  aColumn = addressAt(args, 6) << 2;
  b = addressAt(args, 7);
  bRow = addressAt(args, 8) << 2;
  bColumn = addressAt(args, 9) << 2;
  beta = realAt(args, 10) as f32;
  c = addressAt(args, 11);
  cRow = addressAt(args, 12) << 2;
  compressed = addressAt(args, 13);
  order = addressAt(args, 14);
  gatheredColumns = countAt(args, 15) != 0;
  scratch = addressAt(args, 16);
  scratchStep = addressAt(args, 17);
}

/** What is to be done with blocks of C: the jobs from `start` to `end`. */
export function takeEpilogue(start: usize, end: usize): void {
  epilogue = start;
  epilogueEnd = end;
}
