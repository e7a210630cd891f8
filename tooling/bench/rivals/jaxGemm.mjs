// Products through jax-js's matmul under jit, operands in its memory. Started with the installation and the folder of the operands.
import { loadJax } from "./jax.mjs";
import { durations, readFloats, serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder] = process.argv.slice(2);
  const { jax, version } = await loadJax(installation);
  const { numpy: np, jit } = jax;
  const [a, b] = ["a.f32", "b.f32"].map((file) => readFloats(folder, file));
  const products = {
    nn: jit((left, right) => np.matmul(left, right)),
    nt: jit((left, right) => np.matmul(left, right.transpose())),
    tn: jit((left, right) => np.matmul(left.transpose(), right)),
  };
  return {
    hello: { version },
    answer: async ({ m, k, n, transposeA, transposeB, milliseconds, probes }) => {
      const left = np.array(a.slice(0, m * k)).reshape(transposeA ? [k, m] : [m, k]);
      const right = np.array(b.slice(0, k * n)).reshape(transposeB ? [n, k] : [k, n]);
      const multiply = products[`${transposeA ? "t" : "n"}${transposeB ? "t" : "n"}`];
      // .ref: a call takes its arguments over, and we need them again.
      const times = await durations(milliseconds, async () => {
        const product = multiply(left.ref, right.ref);
        await product.blockUntilReady();
        product.dispose();
      });
      const values = await multiply(left, right).data();
      return { milliseconds: Math.min(...times), values: probes.map((probe) => values[probe]) };
    },
  };
});
