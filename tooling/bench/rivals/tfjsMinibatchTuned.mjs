// Mini-batches of MNIST in TensorFlow.js by hand: its operations, with gradients written out. Rows are gathered in
// JavaScript and transposes made first: its gather and matMul's own transposes are many times slower. Started like tfjsMinibatchFit.mjs.
import { CLASSES, gatherRows, randomRows, readMnist } from "./mnist.mjs";
import { serve } from "./protocol.mjs";
import { loadTfjs } from "./tfjs.mjs";

const BATCH = 64;
const HIDDEN = 128;
const LEARNING_RATE = 0.1;

await serve(async () => {
  const [installation, folder, batches] = process.argv.slice(2);
  const { tf, version } = await loadTfjs(installation);
  const mnist = readMnist(folder);
  const { count, inputs } = mnist;
  const rate = tf.scalar(LEARNING_RATE / BATCH);
  let parameters = [
    tf.randomNormal([inputs, HIDDEN], 0, Math.sqrt(2 / inputs)),
    tf.zeros([HIDDEN]),
    tf.randomNormal([HIDDEN, CLASSES], 0, Math.sqrt(2 / HIDDEN)),
    tf.zeros([CLASSES]),
  ];

  // The next parameters, and the sum of the batch's losses.
  function step([w1, b1, w2, b2], rows) {
    const batch = gatherRows(mnist, rows);
    const [images, targets] = [tf.tensor2d(batch.images, [BATCH, inputs]), tf.tensor2d(batch.targets, [BATCH, CLASSES])];
    const a1 = tf.fused.matMul({ a: images, b: w1, bias: b1, activation: "relu" });
    const probabilities = tf.softmax(tf.fused.matMul({ a: a1, b: w2, bias: b2 }));
    const loss = tf.neg(tf.sum(tf.log(tf.sum(tf.mul(probabilities, targets), 1))));
    const dz2 = tf.mul(tf.sub(probabilities, targets), rate);
    const dz1 = tf.mul(tf.matMul(dz2, tf.transpose(w2)), tf.step(a1));
    return [
      tf.sub(w1, tf.matMul(tf.transpose(images), dz1)),
      tf.sub(b1, tf.sum(dz1, 0)),
      tf.sub(w2, tf.matMul(tf.transpose(a1), dz2)),
      tf.sub(b2, tf.sum(dz2, 0)),
      loss,
    ];
  }

  return {
    hello: { version: `${version}, by hand` },
    answer: async () => {
      const order = randomRows(count, BATCH * Number(batches));
      let total = 0;
      const start = performance.now();
      for (let first = 0; first < order.length; first += BATCH) {
        const [w1, b1, w2, b2, loss] = tf.tidy(() => step(parameters, order.subarray(first, first + BATCH)));
        total += loss.dataSync()[0];
        tf.dispose([...parameters, loss]);
        parameters = [w1, b1, w2, b2];
      }
      return { samples: order.length, milliseconds: performance.now() - start, cost: total / order.length };
    },
  };
});
