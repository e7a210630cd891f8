import { EXIT, PipelineError } from "../PipelineError.ts";

/** The error of a `cost` that is no number, `when` it was that; `where` is the layer that gave no number first, `"input"`, or undefined for the loss. */
export function diverged(when: string, cost: number, where: string | undefined): PipelineError {
  const origin = where === "input" ? "a feature of the batch is no number" : `the first to give no number was ${where ?? "the loss"}`;
  return new PipelineError(
    EXIT.diverged,
    `training has diverged: the cost ${when} is ${cost}; ${origin}. Try a smaller optimizer.learningRate, or bring the features to a common size with data.scale.`,
  );
}
