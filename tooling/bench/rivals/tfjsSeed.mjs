// The reference experiment in TensorFlow.js as its guide has it: a sequential model and fit(). Started with the
// installation and the folder of the real files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./protocol.mjs";
import { loadTfjs } from "./tfjs.mjs";

const HIDDEN = 1000;
const CLASSES = 10;
const LEARNING_RATE = 0.002;
const STDDEV = 0.001;

await serve(async () => {
  const [installation, folder] = process.argv.slice(2);
  const { tf, layers, version } = await loadTfjs(installation);
  const [images, labels] = ["train_X.csv", "train_label.csv"].map((file) => readNumbers(join(folder, file)));
  const samples = labels.length / CLASSES;
  const inputs = images.length / samples;
  const x = tf.tensor2d(images, [samples, inputs]);
  const y = tf.tensor2d(labels, [samples, CLASSES]);

  const kernelInitializer = layers.initializers.randomNormal({ mean: 0, stddev: STDDEV });
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ inputShape: [inputs], units: HIDDEN, activation: "relu", kernelInitializer }),
      layers.layers.dense({ units: CLASSES, activation: "softmax", kernelInitializer }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(LEARNING_RATE), loss: "categoricalCrossentropy" });

  return {
    hello: { version: `${version}, model.fit` },
    answer: async ({ epochs }) => {
      const milliseconds = [];
      let start;
      const callbacks = {
        onEpochBegin: () => void (start = performance.now()),
        onEpochEnd: () => void milliseconds.push(performance.now() - start),
      };
      // A full batch has no order to shuffle.
      const { history } = await model.fit(x, y, { epochs, batchSize: samples, shuffle: false, verbose: 0, yieldEvery: "never", callbacks });
      return { milliseconds, costs: history.loss };
    },
  };
});

function readNumbers(path) {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return Float32Array.from(lines.flatMap((line) => line.split(",").map(Number)));
}
