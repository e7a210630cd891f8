// From an event to what the run was made with. The config is flattened: `optimizer.learningRate`, `model.layers.0.units`.
import type { TrainingEvent } from "@downhill/sinks";
import { entry, LONGEST_PARAM } from "./limits.ts";
import type { Entry } from "./rows.ts";

/** The params that an event brings. */
export function paramsOf(event: TrainingEvent): Entry[] {
  switch (event.type) {
    case "runStarted":
      return flattened(event.config, "").map(([key, value]) => entry(key, value, LONGEST_PARAM));
    case "dataLoaded": {
      const { sets, model } = event;
      const shapes = sets.map(({ name, samples }) => [`samples.${name}`, samples] as const);
      const widths = [
        ["features", sets[0]?.features],
        ["outputs", sets[0]?.outputs],
        ["parameters", model.parameters],
      ] as const;
      return [...shapes, ...widths].flatMap(([key, value]) => (value === undefined ? [] : [entry(key, String(value), LONGEST_PARAM)]));
    }
    default:
      return [];
  }
}

function flattened(value: unknown, path: string): [key: string, value: string][] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  const parts = Object.entries(value);
  if (parts.length === 0) return path === "" ? [] : [[path, JSON.stringify(value)]];
  return parts.flatMap(([key, part]) => flattened(part, path === "" ? key : `${path}.${key}`));
}
