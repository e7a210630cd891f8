import { gather } from "./gather.ts";
import type { ClassTargets, Samples, ValueTargets } from "./Samples.ts";

/** Copies of the given rows, in that order. */
export function takeRows(samples: Samples, rows: Uint32Array): Samples {
  return {
    ...samples,
    count: rows.length,
    features: gather(samples.features, samples.inputs, rows, new Float32Array(rows.length * samples.inputs)),
    targets: takeTargets(samples.targets, rows),
  };
}

function takeTargets(targets: ClassTargets | ValueTargets, rows: Uint32Array): ClassTargets | ValueTargets {
  if (targets.kind === "classes") return { ...targets, indices: gather(targets.indices, 1, rows, new Int32Array(rows.length)) };
  return { ...targets, values: gather(targets.values, targets.outputs, rows, new Float32Array(rows.length * targets.outputs)) };
}
