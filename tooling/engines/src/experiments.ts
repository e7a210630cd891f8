// The program that every engine runs: `node experiments.ts <features> <labels> <threads> <narrow|wide>` trains some
// models on the built packages and prints a line of JSON, a Trained. It is plain enough for Node 22 to strip its types.
import { createHash } from "node:crypto";
import { loadSamples } from "@downhill/data";
import { createLinalg } from "@downhill/linalg";
import {
  Adam,
  BatchNorm,
  Conv2D,
  Dense,
  Dropout,
  type LayerDescription,
  MaxPool2D,
  normal,
  type Optimizer,
  ResidentSamples,
  Sequential,
  Sgd,
  softmaxCrossEntropy,
  trainEpoch,
  trainingTensors,
} from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";

/** What one engine made of the experiments. */
export interface Trained {
  /** How the kernels were executed, whatever was asked for. */
  readonly compute: "narrow" | "wide";
  /** Why it is narrow although wide was asked for. */
  readonly notice?: string;
  readonly experiments: readonly { readonly name: string; readonly cost: number; readonly sha256: string }[];
}

/** Images with their classes. */
interface Images {
  readonly features: Float32Array;
  readonly targets: Int32Array;
  readonly size: number;
}

interface Experiment {
  readonly layers: readonly LayerDescription[];
  readonly batchSize: number;
  readonly epochs: number;
  optimizer(parameters: Sequential["parameters"]): Optimizer;
}

const [, , features, labels, threads, wanted] = process.argv;
const raw = await load();
const scaled = { ...raw, features: raw.features.map((pixel) => pixel / 255) };
const linalg = await createLinalg({ threads: Number(threads), wide: wanted === "wide" });
const small = { layers: dense(64, 0.05), batchSize: 64, epochs: 3 };
const trained: Trained = {
  compute: linalg.compute,
  notice: linalg.notice,
  experiments: [
    await train("reference", raw, {
      layers: dense(1000, 0.001),
      batchSize: raw.size,
      epochs: 15,
      optimizer: (parameters) => new Sgd(parameters, { learningRate: 0.002 }),
    }),
    await train("mini-batch sgd", scaled, { ...small, optimizer: (parameters) => new Sgd(parameters, { learningRate: 0.1 }) }),
    await train("mini-batch adam", scaled, { ...small, optimizer: (parameters) => new Adam(parameters) }),
    await train("adam, dropout", scaled, {
      ...small,
      layers: [new Dense({ units: 96, activation: "gelu" }), new Dropout({ rate: 0.3 }), new Dense({ units: 10 })],
      optimizer: (parameters) => new Adam(parameters, { clipNorm: 1 }),
    }),
    await train("convolutional", scaled, {
      ...small,
      layers: [
        new Conv2D({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" }),
        new BatchNorm(),
        new MaxPool2D(),
        new Conv2D({ filters: 16, kernelSize: 3, strides: 2, activation: "leakyRelu" }),
        new Dropout({ rate: 0.2 }),
        new Dense({ units: 10 }),
      ],
      optimizer: (parameters) => new Sgd(parameters, { learningRate: 0.05, momentum: 0.9 }),
    }),
  ],
};
console.log(JSON.stringify(trained));
await linalg.close();

function dense(units: number, stddev: number): LayerDescription[] {
  const init = normal({ stddev });
  return [new Dense({ units, activation: "relu", init }), new Dense({ units: 10, init })];
}

async function load(): Promise<Images> {
  const samples = await loadSamples({ features, labels }, { targets: "classes" });
  if (samples.targets.kind !== "classes") throw new Error("the labels are not classes");
  return { features: samples.features, targets: samples.targets.indices, size: samples.count };
}

async function train(name: string, images: Images, experiment: Experiment): Promise<Trained["experiments"][number]> {
  const { layers, batchSize, epochs, optimizer } = experiment;
  const model = new Sequential(linalg, { inputs: [28, 28, 1], layers, loss: softmaxCrossEntropy, batchSize });
  const samples = new ResidentSamples(linalg, images, softmaxCrossEntropy);
  const updates = optimizer(model.parameters);
  const stream = randomStream(0, "shuffle");
  let cost = Number.NaN;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = batchSize < images.size ? permutation(images.size, stream.substream(epoch)) : undefined;
    ({ cost } = await trainEpoch(model, samples.batches({ batchSize, order }), updates));
  }
  const hash = createHash("sha256");
  // With what layers keep besides their weights.
  for (const { data } of trainingTensors(model)) hash.update(data);
  return { name, cost, sha256: hash.digest("hex") };
}
