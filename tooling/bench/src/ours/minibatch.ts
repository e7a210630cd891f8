// Mini-batches of MNIST as a user of the packages trains on them: 784 → 128 relu → 10 softmax, 64 images a step, SGD; a
// turn is an epoch. Started with the call, the folder of the IDX files and the number of threads.
import { join } from "node:path";
import { loadSamples } from "@downhill/data";
import { Dense, ResidentSamples, Sequential, Sgd, softmaxCrossEntropy, trainEpoch } from "@downhill/nn";
import type { MinibatchReply } from "../benches/minibatchReply.ts";
import { openLinalg } from "./openLinalg.ts";
import { serve } from "./serve.ts";

const BATCH = 64;

await serve(async () => {
  const [call, folder, threads] = process.argv.slice(2);
  const { features, inputs, count, targets } = await loadSamples(
    { images: join(folder, "train-images-idx3-ubyte.gz"), labels: join(folder, "train-labels-idx1-ubyte.gz") },
    { targets: "classes" },
  );
  if (targets.kind !== "classes") throw new Error("the labels are not classes");

  const { linalg, hello } = await openLinalg(call, Number(threads));
  const model = new Sequential(linalg, {
    inputs,
    layers: [new Dense({ units: 128, activation: "relu" }), new Dense({ units: targets.classes.length })],
    loss: softmaxCrossEntropy,
    batchSize: BATCH,
    seed: 0,
  });
  const optimizer = new Sgd(model.parameters, { learningRate: 0.1 });
  const scaled = features.map((pixel) => pixel / 255);
  const samples = new ResidentSamples(linalg, { features: scaled, targets: targets.indices, size: count }, softmaxCrossEntropy);

  return {
    hello,
    answer: async (): Promise<MinibatchReply> => {
      const order = shuffled(count);
      const start = performance.now();
      const { cost } = await trainEpoch(model, samples.batches({ batchSize: BATCH, order }), optimizer);
      return { samples: count, milliseconds: performance.now() - start, cost };
    },
  };
});

// Fisher and Yates: any order will do.
function shuffled(count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const pick = Math.floor(Math.random() * (last + 1));
    [order[last], order[pick]] = [order[pick], order[last]];
  }
  return order;
}
