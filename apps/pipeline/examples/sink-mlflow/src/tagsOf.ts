// From an event to tags: what the run was made with, how it ended, and which weights came of it.
import type { TrainingEvent } from "@downhill/sinks";
import { entry, LONGEST_TAG, wellFormed } from "./limits.ts";
import type { Entry } from "./rows.ts";

/** The tag that a run is found again by. */
export const RUN_TAG = "downhill.run";

/** The tags that an event brings. */
export function tagsOf(event: TrainingEvent): Entry[] {
  switch (event.type) {
    case "runStarted": {
      const { environment = {} } = event;
      const commit = environment["git commit"];
      return [
        ...Object.entries(environment).map(([name, value]) => tag(`environment.${name}`, value)),
        ...(commit === undefined ? [] : [tag("mlflow.source.git.commit", commit)]),
      ];
    }
    case "runCompleted": {
      const { reason, message, weightsSha256 } = event;
      return [
        // One tag: a message of its own would outlive the end that it tells of when the run is resumed.
        tag("downhill.end", message === undefined ? reason : `${reason}: ${message}`),
        ...(weightsSha256 === undefined ? [] : [tag("downhill.weightsSha256", weightsSha256)]),
      ];
    }
    default:
      return [];
  }
}

/** A tag that MLflow takes. */
export function tag(key: string, value: string): Entry {
  return entry(key, value, LONGEST_TAG);
}

/** The value of RUN_TAG for a run's id: without quotes and the like, which a search can't be asked for. */
export function runTagValue(run: string): string {
  return encodeURIComponent(wellFormed(run)).replaceAll("'", "%27");
}
