// What the model says of the picked images, as it is.
import { predict } from "@downhill/nn";
import type { PredictedPicture, SamplesPredicted } from "@downhill/sinks";
import type { TrainerParts } from "./TrainerParts.ts";
import type { Mistake } from "./WorstMistakes.ts";

/** Predictions of the picked test images (or training images without a test set), and the worst of the `mistakes`; undefined if there are none. */
export function predictionsOf(
  { model, sets, preprocessing }: TrainerParts,
  mistakes: readonly Mistake[] = [],
): SamplesPredicted | undefined {
  const { pictures } = sets.test ?? sets.train;
  const { classes } = preprocessing;
  if (classes === undefined || pictures.length === 0) return undefined;
  const samples = pictures.map(({ picture, features }) => {
    const probabilities = [...predict(model, features(), 1)];
    return { ...picture, predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities };
  });
  const { test } = sets;
  const worst = mistakes.flatMap((mistake): PredictedPicture[] => (test?.picture ? [{ ...test.picture(mistake.index), ...mistake }] : []));
  const worstMistakes = worst.length > 0 && { worstMistakes: worst };
  return { type: "samplesPredicted", set: test ? "test" : "train", classes, samples, ...worstMistakes };
}
