import { NnError } from "../NnError.ts";
import { checkEpochs, checkShare, type PlateauState, type Schedule, type ScheduleState } from "./Schedule.ts";

/** What reduce-on-plateau needs to know. */
export interface PlateauOptions {
  /** What the rate is multiplied by, 0.1 by default. */
  readonly factor?: number;
  /** Epochs without a lower cost after which it is, 10 by default. */
  readonly patience?: number;
  /** Share of the best cost by which another one must be lower to count, 1e-4 by default. */
  readonly threshold?: number;
  /** The lowest that the factors come to, 0 by default. */
  readonly minimum?: number;
}

/** Reduces the rate when the cost no longer falls (Keras' and PyTorch's ReduceLROnPlateau; the numbers are PyTorch's). Throws an NnError on options out of range. */
export function plateau(options: PlateauOptions = {}): Schedule {
  const { factor: reduction = 0.1, patience = 10, threshold = 1e-4, minimum = 0 } = options;
  checkShare("plateau", "factor", reduction);
  checkShare("plateau", "threshold", threshold);
  checkShare("plateau", "minimum", minimum);
  checkEpochs("plateau", "patience", patience);
  let state: PlateauState = { best: null, waited: 0, factor: 1 };
  return {
    factor: () => state.factor,
    observe(_epoch, cost) {
      const { best, waited, factor } = state;
      if (cost < (best === null ? Infinity : best * (1 - threshold))) state = { best: cost, waited: 0, factor };
      else if (waited + 1 < patience) state = { best, waited: waited + 1, factor };
      else state = { best, waited: 0, factor: Math.max(minimum, factor * reduction) };
    },
    get state(): ScheduleState {
      return state;
    },
    set state(given: ScheduleState) {
      if (given === null) throw new NnError("plateau: the state is null; give what its state was");
      state = given;
    },
  };
}
