import type { Preprocessing } from "@downhill/data";
import type { Optimizer, Schedule, Sequential } from "@downhill/nn";
import type { Config } from "../config/Config.ts";
import type { PreparedData } from "./PreparedData.ts";
import type { Loaded } from "./protocol.ts";
import type { TrainingSets } from "./TrainingSet.ts";

/** What a trainer works with; {@link createTrainer} makes it from a config. */
export interface TrainerParts {
  readonly config: Config;
  readonly loaded: Loaded;
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly sets: TrainingSets;
  readonly preprocessing: Preprocessing;
  /** Where samples are streamed: the rows that a shuffle holds, and the bytes of each. */
  readonly window?: PreparedData["window"];
}
