// A pass over a set of classes in which every sample is looked at: the measures of an evaluation, to the same bits, and on the
// way what the model says of each sample.
import { sigmoid, softmax } from "@downhill/linalg";
import { meansOf, NO_SUMS, type Sequential } from "@downhill/nn";
import type { Result } from "@downhill/sinks";
import { argmax } from "../model/argmax.ts";
import { inOwnUnit } from "./measures.ts";
import type { TrainerParts } from "./TrainerParts.ts";
import type { TrainingSet } from "./TrainingSet.ts";

/** What the model says of some consecutive samples; valid until the next ones. */
export interface ClassifiedBatch {
  /** Index of the first of them. */
  readonly start: number;
  readonly size: number;
  /** True classes `[size]`. */
  readonly actual: ArrayLike<number>;
  /** Predicted classes `[size]`, the ones that the accuracy goes by. */
  readonly predicted: Int32Array;
  /** `[size × classes]`. */
  readonly probabilities: Float32Array;
}

/** Evaluates `set` and has `look` see every batch; the loss must be of classes. */
export async function inspectSet(
  { model, preprocessing }: TrainerParts,
  set: TrainingSet,
  look: (batch: ClassifiedBatch) => void,
): Promise<Result> {
  const { workspace, loss } = model;
  let samples = 0;
  workspace.reset(NO_SUMS);
  for await (const batch of set.inOrder(model.batchSize)) {
    const { features, targets, size } = workspace.load(batch);
    const output = model.forward(features, "inference");
    workspace.evaluate(output, targets);
    const { classify } = loss.output === "sigmoid" ? TWO_CLASSES : MANY_CLASSES;
    look({ start: samples, size, actual: targets.data, ...classify(output, model.predictions) });
    samples += size;
  }
  return inOwnUnit(meansOf({ samples, ...workspace.sums }, loss.measure), preprocessing);
}

type Output = ReturnType<Sequential["forward"]>;

/** Makes probabilities of logits, in their memory where it can; classes are told by the logits, of which rounding makes no two equal. */
interface Classifier {
  classify(output: Output, classes: number): Pick<ClassifiedBatch, "predicted" | "probabilities">;
}

const MANY_CLASSES: Classifier = {
  classify(output, classes) {
    const logits = output.data;
    const predicted = Int32Array.from({ length: output.rows }, (_, row) => argmax(logits, row * classes, classes));
    softmax(output, output);
    return { predicted, probabilities: output.data };
  },
};

// By the logit of the second class alone.
const TWO_CLASSES: Classifier = {
  classify(output) {
    const predicted = Int32Array.from(output.data, (logit) => (logit > 0 ? 1 : 0));
    sigmoid(output, output);
    const probabilities = new Float32Array(2 * output.rows);
    output.data.forEach((second, row) => probabilities.set([1 - second, second], 2 * row));
    return { predicted, probabilities };
  },
};
