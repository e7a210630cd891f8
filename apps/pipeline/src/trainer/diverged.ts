// The one way to say that training has diverged.
import { EXIT, PipelineError } from "../PipelineError.ts";

/** The error of a `cost` that is no number, by the batch `when` it came up and the layer where that began; see nn's `firstNonFinite`. */
export function divergedCost(when: string, cost: number, where?: string): PipelineError {
  const origin = where === "input" ? "a feature of the batch is no number" : `the first to give no number was ${where ?? "the loss"}`;
  return diverged(`the cost ${when} is ${cost}; ${origin}`);
}

/** The error (diverged) with what is to be told, and what can be done about it. */
export function diverged(what: string): PipelineError {
  const remedy = "Try a smaller optimizer.learningRate, or bring the features to a common size with data.scale.";
  return new PipelineError(EXIT.diverged, `training has diverged: ${what}. ${remedy}`);
}
