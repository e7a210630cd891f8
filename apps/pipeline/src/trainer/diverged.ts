import { EXIT, PipelineError } from "../PipelineError.ts";

/** The error of a training that has gone to numbers that are none; `what` says which and where. */
export function diverged(what: string): PipelineError {
  const remedy = "Try a smaller optimizer.learningRate, or bring the features to a common size with data.scale.";
  return new PipelineError(EXIT.diverged, `training has diverged: ${what}. ${remedy}`);
}

/** Where a cost that is no number began: the name of a layer, `"input"`, or undefined for the loss. */
export function originOf(where: string | undefined): string {
  return where === "input" ? "a feature of the batch is no number" : `the first to give no number was ${where ?? "the loss"}`;
}
