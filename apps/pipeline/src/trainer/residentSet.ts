import type { ResidentSamples } from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";
import type { Picture } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** A set in the model's memory; `pictures` are of a few samples, `picture` gives any. */
export function residentSet(
  resident: ResidentSamples,
  { batchSize, seed }: Config,
  pictures: readonly Picture[],
  picture?: TrainingSet["picture"],
): TrainingSet {
  const { count, features } = resident;
  return {
    count,
    pictures: pictures.map((shown) => ({
      picture: shown,
      features: () => features.data.slice(shown.index * features.columns, (shown.index + 1) * features.columns),
    })),
    ...(picture && { picture }),
    epoch(epoch) {
      if (batchSize === "full") return resident.batches({ batchSize: count });
      return resident.batches({ batchSize, order: permutation(count, randomStream(seed, "shuffle").substream(epoch)) });
    },
    inOrder: (size) => resident.batches({ batchSize: size }),
  };
}
