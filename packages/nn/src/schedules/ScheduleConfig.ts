// Schedules as plain JSON.
import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { exponential } from "./exponential.ts";
import { plateau, type PlateauOptions } from "./plateau.ts";
import type { Schedule } from "./Schedule.ts";
import { step } from "./step.ts";
import { warmUp } from "./warmUp.ts";

/** A schedule as plain JSON; `warmUp` epochs may come before any of them. */
export type ScheduleConfig = (
  | { readonly type: "constant" }
  | { readonly type: "step"; readonly every: number; readonly factor?: number }
  | { readonly type: "exponential"; readonly factor: number }
  /** Over all epochs that the warm-up leaves, unless told otherwise. */
  | { readonly type: "cosine"; readonly epochs?: number; readonly final?: number }
  | ({ readonly type: "plateau" } & PlateauOptions)
) & { readonly warmUp?: number };

/** The schedule that `config` describes, for a training of `epochs` epochs. Throws an NnError where the schedule itself would. */
export function scheduleFromConfig(config: ScheduleConfig, epochs: number): Schedule {
  const { warmUp: first = 0 } = config;
  const after = afterWarmUp(config, Math.max(1, epochs - first));
  return first === 0 ? after : warmUp({ epochs: first, after });
}

function afterWarmUp(config: ScheduleConfig, epochs: number): Schedule {
  switch (config.type) {
    case "constant":
      return constant();
    case "step":
      return step(config);
    case "exponential":
      return exponential(config);
    case "cosine":
      return cosine({ epochs, ...config });
    case "plateau":
      return plateau(config);
  }
}
