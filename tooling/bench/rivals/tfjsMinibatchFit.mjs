// Mini-batches of MNIST in TensorFlow.js as its guide has it: a sequential model and fit(). Started with the installation,
// the folder of the IDX files and the number of batches a turn.
import { CLASSES, randomRows, readMnist } from "./mnist.mjs";
import { serve } from "./protocol.mjs";
import { loadTfjs } from "./tfjs.mjs";

const BATCH = 64;
const HIDDEN = 128;
const LEARNING_RATE = 0.1;

await serve(async () => {
  const [installation, folder, batches] = process.argv.slice(2);
  const { tf, layers, version } = await loadTfjs(installation);
  const { count, inputs, pixels, labels } = readMnist(folder);
  const x = tf.tensor2d(pixels, [count, inputs]);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), CLASSES), "float32"));
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ inputShape: [inputs], units: HIDDEN, activation: "relu", kernelInitializer: "heNormal" }),
      layers.layers.dense({ units: CLASSES, activation: "softmax", kernelInitializer: "heNormal" }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(LEARNING_RATE), loss: "categoricalCrossentropy" });
  const samples = BATCH * Number(batches);

  return {
    hello: { version: `${version}, model.fit` },
    answer: async () => {
      const rows = tf.tensor1d(randomRows(count, samples), "int32");
      const [images, targets] = [tf.gather(x, rows), tf.gather(y, rows)];
      const start = performance.now();
      const { history } = await model.fit(images, targets, { epochs: 1, batchSize: BATCH, verbose: 0, yieldEvery: "never" });
      const milliseconds = performance.now() - start;
      tf.dispose([rows, images, targets]);
      return { samples, milliseconds, cost: history.loss[0] };
    },
  };
});
