// The reference experiment as a user of the packages writes it, timed epoch by epoch. Started with the call, the folder of
// the real files and the number of threads.
import { join } from "node:path";
import { loadSamples } from "@downhill/data";
import { Dense, normal, ResidentSamples, Sequential, Sgd, softmaxCrossEntropy, trainEpoch } from "@downhill/nn";
import type { EpochsReply, EpochsRequest } from "../contestants/EpochTrainer.ts";
import { openLinalg } from "./openLinalg.ts";
import { dispatchClock, ReplayClock } from "./overhead.ts";
import { serve } from "./serve.ts";

await serve<EpochsRequest>(async () => {
  const [call, folder, threads] = process.argv.slice(2);
  const { features, inputs, count, targets } = await loadSamples(
    { features: join(folder, "train_X.csv"), labels: join(folder, "train_label.csv") },
    { targets: "classes" },
  );
  if (targets.kind !== "classes") throw new Error("the labels are not classes");

  const { linalg, hello } = await openLinalg(call, Number(threads));
  const init = normal({ stddev: 0.001 });
  const model = new Sequential(linalg, {
    inputs,
    layers: [new Dense({ units: 1000, activation: "relu", init }), new Dense({ units: targets.classes.length, init })],
    loss: softmaxCrossEntropy,
    batchSize: count,
    seed: 0,
  });
  const optimizer = new Sgd(model.parameters, { learningRate: 0.002 });
  const samples = new ResidentSamples(linalg, { features, targets: targets.indices, size: count }, softmaxCrossEntropy);

  const dispatch = dispatchClock(linalg);
  const clock = new ReplayClock();
  clock.start();
  return {
    hello,
    answer: async ({ epochs }): Promise<EpochsReply> => {
      const milliseconds: number[] = [];
      const costs: number[] = [];
      const inside = clock.inside;
      for (let epoch = 0; epoch < epochs; epoch += 1) {
        const start = performance.now();
        const { cost } = await trainEpoch(model, samples.batches({ batchSize: count }), optimizer);
        milliseconds.push(performance.now() - start);
        costs.push(cost);
      }
      const all = milliseconds.reduce((sum, epoch) => sum + epoch, 0);
      return { milliseconds, costs, overhead: { outside: 1 - (clock.inside - inside) / all, dispatch: dispatch() } };
    },
  };
});
