// What is known of a matrix that never changes: its nonzeros, if they are few.
import type { Linalg } from "./Linalg.ts";
import type { Matrix } from "./Matrix.ts";
import type { ModuleExports, Pointer } from "./wasm.ts";

/** The nonzeros of a constant matrix, in linalg's memory; laid out in assembly/sparse/segments.ts. */
export interface Compressed {
  readonly pointer: Pointer;
  readonly rows: number;
  readonly columns: number;
  readonly nonzeros: number;
  /** The nonzeros of the fullest row. */
  readonly fullestRow: number;
}

/** Compresses `matrix` if at most half of it is not zero. */
export function compress(linalg: Linalg, module: ModuleExports, matrix: Matrix): Compressed | undefined {
  const { rows, columns, size, pointer } = matrix;
  const nonzeros = module.countNonzeros(size, pointer);
  if (size === 0 || nonzeros > size / 2) return undefined;
  const target = linalg.matrix(1, Math.ceil(module.compressedBytes(rows, columns, nonzeros) / 4)).pointer;
  module.buildCompressed(rows, columns, pointer, target);
  let fullestRow = 0;
  for (let row = 0; row < rows; row += 1) fullestRow = Math.max(fullestRow, module.countNonzeros(columns, pointer + row * columns * 4));
  return Object.freeze({ pointer: target, rows, columns, nonzeros, fullestRow });
}
