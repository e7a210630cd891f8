// Mini-batches of MNIST in jax-js: value and gradient of the cost under jit. Started with the installation, the folder of the
// IDX files and the number of batches a turn.
import { loadJax } from "./jax.mjs";
import { CLASSES, gatherRows, randomRows, readMnist } from "./mnist.mjs";
import { serve } from "./protocol.mjs";

const BATCH = 64;
const HIDDEN = 128;
const LEARNING_RATE = 0.1;

await serve(async () => {
  const [installation, folder, batches] = process.argv.slice(2);
  const { jax, version } = await loadJax(installation);
  const { numpy: np, nn, random, jit, valueAndGrad, tree } = jax;
  const mnist = readMnist(folder);
  const { count, inputs } = mnist;

  function cost(parameters, images, targets) {
    const { w1, b1, w2, b2 } = parameters;
    const a1 = nn.relu(np.matmul(images, w1).add(b1));
    return nn
      .logSoftmax(np.matmul(a1, w2).add(b2))
      .mul(targets)
      .sum()
      .mul(-1 / BATCH);
  }
  const step = jit((parameters, images, targets) => {
    const [value, gradients] = valueAndGrad(cost)(tree.ref(parameters), images, targets);
    return [value, tree.map((weights, gradient) => weights.sub(gradient.mul(LEARNING_RATE)), parameters, gradients)];
  });
  const [key1, key2] = [random.key(1), random.key(2)];
  let parameters = {
    w1: random.normal(key1, [inputs, HIDDEN]).mul(Math.sqrt(2 / inputs)),
    b1: np.zeros([HIDDEN]),
    w2: random.normal(key2, [HIDDEN, CLASSES]).mul(Math.sqrt(2 / HIDDEN)),
    b2: np.zeros([CLASSES]),
  };
  return {
    hello: { version },
    answer: async () => {
      const order = randomRows(count, BATCH * Number(batches));
      let total = 0;
      const start = performance.now();
      for (let first = 0; first < order.length; first += BATCH) {
        const { images, targets } = gatherRows(mnist, order.subarray(first, first + BATCH));
        let value;
        [value, parameters] = step(parameters, np.array(images).reshape([BATCH, inputs]), np.array(targets).reshape([BATCH, CLASSES]));
        total += (await value.data())[0];
      }
      return { samples: order.length, milliseconds: performance.now() - start, cost: total / batches };
    },
  };
});
