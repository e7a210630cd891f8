// What programs that predict have in common: images and weights out of the folder, and calls that go over all images.
import { durations, readFloats } from "./protocol.mjs";

/** The reference network's images and weights, row by row. */
export function readNetwork(folder) {
  const [images, w1, b1, w2, b2] = ["images", "w1", "b1", "w2", "b2"].map((name) => readFloats(folder, `${name}.f32`));
  const [hidden, classes] = [b1.length, b2.length];
  const inputs = w1.length / hidden;
  return { images, count: images.length / inputs, inputs, hidden, classes, w1, b1, w2, b2 };
}

/** The answer to requests, by a function from `batch` images to their probabilities (or a promise of them). */
export function answerWith({ images, count, inputs, classes }, predict) {
  return async ({ batch, milliseconds, shown }) => {
    let first = 0;
    const predictNext = () => {
      if (first + batch > count) first = 0;
      const features = images.subarray(first * inputs, (first + batch) * inputs);
      first += batch;
      return predict(features, batch);
    };
    const probabilities = [];
    while (probabilities.length < shown * classes) probabilities.push(...(await predictNext()));
    const times = await durations(milliseconds, predictNext);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return { milliseconds: mean, probabilities: probabilities.slice(0, shown * classes) };
  };
}
