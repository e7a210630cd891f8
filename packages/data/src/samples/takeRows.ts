import { gather } from "./gather.ts";
import type { ClassTargets, Features, Samples, ValueTargets } from "./Samples.ts";

/** Copies of the given rows, in that order. */
export function takeRows(samples: Samples, rows: Uint32Array): Samples {
  return { ...takeFeatures(samples, rows), targets: takeTargets(samples.targets, rows) };
}

/** The same of features alone. */
export function takeFeatures<Rows extends Features>(rows: Rows, places: Uint32Array): Rows {
  const features = gather(rows.features, rows.inputs, places, new Float32Array(places.length * rows.inputs));
  return { ...rows, count: places.length, features };
}

function takeTargets(targets: ClassTargets | ValueTargets, rows: Uint32Array): ClassTargets | ValueTargets {
  if (targets.kind === "classes") return { ...targets, indices: gather(targets.indices, 1, rows, new Int32Array(rows.length)) };
  return { ...targets, values: gather(targets.values, targets.outputs, rows, new Float32Array(rows.length * targets.outputs)) };
}
