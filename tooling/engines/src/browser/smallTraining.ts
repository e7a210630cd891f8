// What browsers and Node must agree on, bit for bit: a product, and the weights of a small training. Every kernel of a step
// is in it, normal initial weights and Adam too.
import { createLinalg, gemm } from "@downhill/linalg";
import { Adam, Dense, normal, ResidentSamples, Sequential, softmaxCrossEntropy, trainEpoch } from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";

/** What came of it; numbers as the bits of their f32, which JSON keeps. */
export interface Trained {
  readonly threads: number;
  readonly product: readonly number[];
  readonly weights: readonly number[];
}

const INPUTS = 32;
const SAMPLES = 200;
const CLASSES = 3;

/** Multiplies and trains with `threads` threads, or as many as there are by default. */
export async function smallTraining(threads?: number): Promise<Trained> {
  const linalg = await createLinalg({ threads });
  const stream = randomStream(0, "picks");
  const features = Float32Array.from({ length: SAMPLES * INPUTS }, () => stream.uniform() - 0.5);
  const targets = Int32Array.from({ length: SAMPLES }, () => stream.integer(CLASSES));
  const product = linalg.matrix(SAMPLES, SAMPLES);
  const matrix = linalg.matrix(SAMPLES, INPUTS, features);
  gemm(matrix, matrix, product, { transposeB: true });

  const init = normal({ stddev: 0.1 });
  const model = new Sequential(linalg, {
    inputs: INPUTS,
    layers: [
      new Dense({ units: 48, activation: "tanh", init }),
      new Dense({ units: 48, activation: "relu" }),
      new Dense({ units: CLASSES }),
    ],
    loss: softmaxCrossEntropy,
    batchSize: 64,
  });
  const optimizer = new Adam(model.parameters);
  const samples = new ResidentSamples(linalg, { features, targets, size: SAMPLES }, softmaxCrossEntropy);
  for (let epoch = 0; epoch < 50; epoch += 1) {
    await trainEpoch(model, samples.batches({ batchSize: 64, order: permutation(SAMPLES, stream) }), optimizer);
  }
  const result = {
    threads: linalg.threads,
    product: bits(product.data),
    weights: model.parameters.flatMap(({ value }) => bits(value.data)),
  };
  await linalg.close();
  return result;
}

function bits(values: Float32Array): number[] {
  return Array.from(new Uint32Array(values.slice().buffer));
}
