// The reference network in TensorFlow.js, by its fused operations. Started with the installation and the folder of images
// and weights.
import { answerWith, readNetwork } from "./inference.mjs";
import { serve } from "./protocol.mjs";
import { loadTfjs } from "./tfjs.mjs";

await serve(async () => {
  const [installation, folder] = process.argv.slice(2);
  const { tf, version } = await loadTfjs(installation);
  const network = readNetwork(folder);
  const { inputs, hidden, classes } = network;
  const [w1, w2] = [tf.tensor2d(network.w1, [inputs, hidden]), tf.tensor2d(network.w2, [hidden, classes])];
  const [b1, b2] = [tf.tensor1d(network.b1), tf.tensor1d(network.b2)];
  const predict = (features, batch) =>
    tf.tidy(() => {
      const a1 = tf.fused.matMul({ a: tf.tensor2d(features, [batch, inputs]), b: w1, bias: b1, activation: "relu" });
      return tf.softmax(tf.fused.matMul({ a: a1, b: w2, bias: b2 })).dataSync();
    });
  return { hello: { version }, answer: answerWith(network, predict) };
});
