import type { Pointer } from "./wasm.ts";
import type { Linalg } from "./Linalg.ts";

/** One f64 number in linalg's memory: a learning rate that a step reads, or a sum that it adds to. */
export class Cell {
  readonly linalg: Linalg;
  readonly pointer: Pointer;

  /** Made by `linalg.cell(value)`. */
  constructor(linalg: Linalg, pointer: Pointer) {
    this.linalg = linalg;
    this.pointer = pointer;
  }

  get value(): number {
    return new Float64Array(this.linalg.buffer, this.pointer, 1)[0];
  }

  set value(value: number) {
    new Float64Array(this.linalg.buffer, this.pointer, 1)[0] = value;
  }
}
