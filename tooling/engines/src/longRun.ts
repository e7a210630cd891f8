// The program behind test/memory.ci.test.ts: `node longRun.ts <threads> <epochs> <every>` trains a small model in
// mini-batches and prints, as JSON, the process's resident bytes after each `every` epochs.
import { createLinalg } from "@downhill/linalg";
import { Adam, Dense, ResidentSamples, Sequential, softmaxCrossEntropy, trainEpoch } from "@downhill/nn";
import { permutation, randomStream } from "@downhill/random";

// Large enough that two threads divide the products.
const INPUTS = 32;
const SAMPLES = 40;
const BATCH = 16;

const [threads, epochs, every] = process.argv.slice(2).map(Number);
const stream = randomStream(0, "picks");
const features = Float32Array.from({ length: SAMPLES * INPUTS }, () => stream.uniform());
const targets = Int32Array.from({ length: SAMPLES }, () => stream.integer(3));

const linalg = await createLinalg({ threads });
const model = new Sequential(linalg, {
  inputs: INPUTS,
  layers: [new Dense({ units: 64, activation: "relu" }), new Dense({ units: 3 })],
  loss: softmaxCrossEntropy,
  batchSize: BATCH,
});
const optimizer = new Adam(model.parameters);
const samples = new ResidentSamples(linalg, { features, targets, size: SAMPLES }, softmaxCrossEntropy);

// Room for all figures from the start: the list itself must not grow.
const resident = new Float64Array(Math.floor(epochs / every));
for (let epoch = 1; epoch <= epochs; epoch += 1) {
  await trainEpoch(model, samples.batches({ batchSize: BATCH, order: permutation(SAMPLES, stream) }), optimizer);
  if (epoch % every === 0) resident[epoch / every - 1] = process.memoryUsage.rss();
}
console.log(JSON.stringify([...resident]));
await linalg.close();
