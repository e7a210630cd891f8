import type { RunControl } from "@downhill/sinks";
import type { RunningTrainer } from "../startTrainer.ts";

/** What a sink may ask of the run. */
export function controlOf({ request }: RunningTrainer, { stop }: { readonly stop: () => void }): RunControl {
  return {
    get paused() {
      return request.resting;
    },
    pause: () => request.rest(),
    resume: () => request.goOn(),
    stop,
  };
}
