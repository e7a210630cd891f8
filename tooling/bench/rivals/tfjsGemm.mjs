// Products through TensorFlow.js's matMul, operands in its memory. Started with the installation and the folder of the operands.
import { durations, readFloats, serve } from "./protocol.mjs";
import { loadTfjs } from "./tfjs.mjs";

await serve(async () => {
  const [installation, folder] = process.argv.slice(2);
  const { tf, version } = await loadTfjs(installation);
  const [a, b] = ["a.f32", "b.f32"].map((file) => readFloats(folder, file));
  return {
    hello: { version },
    answer: async ({ m, k, n, transposeA, transposeB, milliseconds, probes }) => {
      const left = tf.tensor2d(a.subarray(0, m * k), transposeA ? [k, m] : [m, k]);
      const right = tf.tensor2d(b.subarray(0, k * n), transposeB ? [n, k] : [k, n]);
      // matMul's own transposes leave its fast kernel; transposing first is ten times faster.
      const multiply = () => tf.tidy(() => tf.matMul(transposeA ? tf.transpose(left) : left, transposeB ? tf.transpose(right) : right));
      const times = await durations(milliseconds, () => multiply().dispose());
      const product = multiply();
      const values = product.dataSync();
      tf.dispose([left, right, product]);
      return { milliseconds: Math.min(...times), values: probes.map((probe) => values[probe]) };
    },
  };
});
