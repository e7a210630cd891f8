// Probabilities through nn's predict, features copied in from a plain array at every call. Started with the folder of images
// and weights and the number of threads.
import { Dense, predict, Sequential, softmaxCrossEntropy } from "@downhill/nn";
import type { InferenceReply, InferenceRequest } from "../benches/inferenceChecks.ts";
import { mean } from "../report/ratio.ts";
import { durations } from "./durations.ts";
import { openLinalg } from "./openLinalg.ts";
import { readFloats } from "./readFloats.ts";
import { serve } from "./serve.ts";

await serve<InferenceRequest>(async () => {
  const [call, folder, threads] = process.argv.slice(2);
  const images = await readFloats(folder, "images.f32");
  const parameters = await Promise.all(["w1.f32", "b1.f32", "w2.f32", "b2.f32"].map((file) => readFloats(folder, file)));
  const [units, classes] = [parameters[1].length, parameters[3].length];
  const inputs = parameters[0].length / units;
  const count = images.length / inputs;

  const { linalg, hello } = await openLinalg(call, Number(threads));
  const model = new Sequential(linalg, {
    inputs,
    layers: [new Dense({ units, activation: "relu" }), new Dense({ units: classes })],
    loss: softmaxCrossEntropy,
    batchSize: count,
  });
  for (const [index, { value }] of model.parameters.entries()) value.data.set(parameters[index]);

  return {
    hello,
    answer: async ({ batch, milliseconds, shown }): Promise<InferenceReply> => {
      let first = 0;
      const predictNext = (): Float32Array => {
        if (first + batch > count) first = 0;
        const probabilities = predict(model, images.subarray(first * inputs, (first + batch) * inputs), batch);
        first += batch;
        return probabilities;
      };
      const probabilities: number[] = [];
      while (probabilities.length < shown * classes) probabilities.push(...predictNext());
      return { milliseconds: mean(durations(milliseconds, predictNext)), probabilities: probabilities.slice(0, shown * classes) };
    },
  };
});
