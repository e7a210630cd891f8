import type { Linalg } from "./Linalg.ts";
import { checkMaker, type MAKER } from "./maker.ts";
import { checkNumber } from "./values.ts";
import type { Pointer } from "./wasm.ts";

/** One f64 number in linalg's memory: a learning rate that a step reads, or a sum that it adds to. Made by `linalg.cell(value)`. */
export class Cell {
  readonly linalg: Linalg;
  readonly pointer: Pointer;
  /** Shared memory stays where it is when it grows. */
  readonly #number: Float64Array<SharedArrayBuffer>;

  /** For the package alone: throws a LinalgError otherwise. */
  constructor(maker: typeof MAKER, linalg: Linalg, pointer: Pointer) {
    checkMaker(maker, "Cell", "linalg.cell(value)");
    this.linalg = linalg;
    this.pointer = pointer;
    this.#number = new Float64Array(linalg.buffer, pointer, 1);
    Object.freeze(this);
  }

  /** `value instanceof Cell`: whether the package made it. */
  static [Symbol.hasInstance](value: unknown): value is Cell {
    return typeof value === "object" && value !== null && #number in value;
  }

  get value(): number {
    return this.#number[0];
  }

  set value(value: number) {
    checkNumber("cell: value", value);
    this.#number[0] = value;
  }
}
