// The captured steps of a model: one for each thing that is done with a batch, each place batches stand at, and each size.
import type { Linalg, Program } from "@downhill/linalg";

/** Programs by what they depend on. */
export class Programs {
  readonly #linalg: Linalg;
  readonly #programs = new WeakMap<object, WeakMap<object, Map<number, Program>>>();

  constructor(linalg: Linalg) {
    this.#linalg = linalg;
  }

  /** The program of `step` for `purpose`, on batches of `size` at `place`; captured the first time. */
  of(purpose: object, place: object, size: number, step: () => void): Program {
    const places = this.#programs.get(purpose) ?? new WeakMap<object, Map<number, Program>>();
    const sizes = places.get(place) ?? new Map<number, Program>();
    const program = sizes.get(size) ?? this.#linalg.capture(step);
    this.#programs.set(purpose, places);
    places.set(place, sizes);
    sizes.set(size, program);
    return program;
  }
}
