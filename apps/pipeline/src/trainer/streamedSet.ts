import type { StreamedSamples } from "@downhill/data";
import { randomStream } from "@downhill/random";
import type { Config } from "../config/Config.ts";
import { StreamedEpoch } from "./StreamedEpoch.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** A set that is read anew in each pass. Where the shuffle's buffer holds it whole, an epoch has the order that it has in memory. */
export function streamedSet(samples: StreamedSamples, { data, batchSize, seed }: Config): TrainingSet {
  const { count } = samples;
  const buffer = samples.bufferRows(data.shuffleBuffer);
  const size = batchSize === "full" ? count : Math.min(batchSize, count);
  return {
    count,
    pictures: [],
    epoch: (epoch) =>
      new StreamedEpoch(count, size, (skip) =>
        samples.batches({ batchSize: size, shuffle: { stream: randomStream(seed, "shuffle").substream(epoch), buffer }, skip }),
      ),
    inOrder: (most) => samples.batches({ batchSize: most }),
  };
}
