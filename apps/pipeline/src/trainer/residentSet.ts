import type { ResidentSamples } from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";
import type { Picture } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** A set in the model's memory. */
export function residentSet(resident: ResidentSamples, { batchSize, seed }: Config, pictures: readonly Picture[]): TrainingSet {
  const { count, features } = resident;
  return {
    count,
    pictures: pictures.map((picture) => ({
      picture,
      features: () => features.data.slice(picture.index * features.columns, (picture.index + 1) * features.columns),
    })),
    epoch(epoch) {
      if (batchSize === "full") return resident.batches({ batchSize: count });
      return resident.batches({ batchSize, order: permutation(count, randomStream(seed, "shuffle").substream(epoch)) });
    },
    inOrder: (size) => resident.batches({ batchSize: size }),
  };
}
