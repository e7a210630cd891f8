// The program that every engine runs: `node experiments.ts <features> <labels> <threads> <narrow|wide>` trains three
// models on the built packages and prints a line of JSON, a Trained. It is plain enough for Node 22 to strip its types.
import { createHash } from "node:crypto";
import { loadSamples } from "@downhill/data";
import { createLinalg } from "@downhill/linalg";
import { Adam, Dense, normal, type Optimizer, ResidentSamples, Sequential, Sgd, softmaxCrossEntropy, trainEpoch } from "@downhill/nn";
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
  readonly inputs: number;
  readonly size: number;
}

interface Experiment {
  readonly units: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly stddev: number;
  optimizer(parameters: Sequential["parameters"]): Optimizer;
}

const [, , features, labels, threads, wanted] = process.argv;
const raw = await load();
const scaled = { ...raw, features: raw.features.map((pixel) => pixel / 255) };
const linalg = await createLinalg({ threads: Number(threads), wide: wanted === "wide" });
const small = { units: 64, batchSize: 64, epochs: 3, stddev: 0.05 };
const trained: Trained = {
  compute: linalg.compute,
  notice: linalg.notice,
  experiments: [
    await train("reference", raw, {
      units: 1000,
      batchSize: raw.size,
      epochs: 15,
      stddev: 0.001,
      optimizer: (parameters) => new Sgd(parameters, { learningRate: 0.002 }),
    }),
    await train("mini-batch sgd", scaled, { ...small, optimizer: (parameters) => new Sgd(parameters, { learningRate: 0.1 }) }),
    await train("mini-batch adam", scaled, { ...small, optimizer: (parameters) => new Adam(parameters) }),
  ],
};
console.log(JSON.stringify(trained));
await linalg.close();

async function load(): Promise<Images> {
  const samples = await loadSamples({ features, labels }, { targets: "classes" });
  if (samples.targets.kind !== "classes") throw new Error("the labels are not classes");
  return { features: samples.features, targets: samples.targets.indices, inputs: samples.inputs, size: samples.count };
}

async function train(name: string, images: Images, experiment: Experiment): Promise<Trained["experiments"][number]> {
  const { units, batchSize, epochs, stddev, optimizer } = experiment;
  const init = normal({ stddev });
  const model = new Sequential(linalg, {
    inputs: images.inputs,
    layers: [new Dense({ units, activation: "relu", init }), new Dense({ units: 10, init })],
    loss: softmaxCrossEntropy,
    batchSize,
  });
  const samples = new ResidentSamples(linalg, images, softmaxCrossEntropy);
  const updates = optimizer(model.parameters);
  const stream = randomStream(0, "shuffle");
  let cost = Number.NaN;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = batchSize < images.size ? permutation(images.size, stream.substream(epoch)) : undefined;
    ({ cost } = await trainEpoch(model, samples.batches({ batchSize, order }), updates));
  }
  const hash = createHash("sha256");
  for (const { value } of model.parameters) hash.update(value.data);
  return { name, cost, sha256: hash.digest("hex") };
}
