// Optimizers as plain JSON.
import type { Parameter } from "../Parameter.ts";
import type { ScheduleConfig } from "../schedules/ScheduleConfig.ts";
import { Adam, type AdamOptions } from "./Adam.ts";
import { AdamW } from "./AdamW.ts";
import type { Optimizer } from "./Optimizer.ts";
import { RmsProp, type RmsPropOptions } from "./RmsProp.ts";
import { Sgd, type SgdOptions } from "./Sgd.ts";

/** An optimizer as plain JSON; `schedule` says how its learning rate goes on (see `scheduleFromConfig`). */
export type OptimizerConfig = (
  | ({ readonly type: "sgd" } & SgdOptions)
  | ({ readonly type: "rmsProp" } & RmsPropOptions)
  | ({ readonly type: "adam" | "adamW" } & Omit<AdamOptions, "decoupled">)
) & { readonly schedule?: ScheduleConfig };

/** The optimizer that `config` describes, for `parameters`. Throws an NnError where the optimizer itself would. */
export function optimizerFromConfig(parameters: readonly Parameter[], config: OptimizerConfig): Optimizer {
  switch (config.type) {
    case "sgd":
      return new Sgd(parameters, config);
    case "rmsProp":
      return new RmsProp(parameters, config);
    case "adam":
      return new Adam(parameters, config);
    case "adamW":
      return new AdamW(parameters, config);
  }
}
