// The numbers of an event under the tags that TensorBoard groups by: what stands before the slash is a section of its page.
import type { Result, TrainingEvent } from "../contract/TrainingEvent.ts";
import type { SummaryValue } from "./eventRecord.ts";

const MEASURES = ["cost", "accuracy", "rmse"] as const;

/** The scalars that `event` brings; none for most types. */
export function scalars(event: TrainingEvent): SummaryValue[] {
  if (event.type === "epochCompleted") {
    const { learningRate, samplesPerSecond, gradientNorms = {} } = event;
    return [
      ...measures(event, "train"),
      ...measures(event.validation, "validation"),
      { tag: "training/learningRate", scalar: learningRate },
      { tag: "training/samplesPerSecond", scalar: samplesPerSecond },
      ...Object.entries(gradientNorms).map(([layer, scalar]) => ({ tag: `gradientNorm/${layer}`, scalar })),
    ];
  }
  // Training's and validation's curves end with the last epoch; the test set is measured here only.
  return event.type === "runCompleted" ? measures(event.test, "test") : [];
}

function measures(result: Result | undefined, set: "train" | "validation" | "test"): SummaryValue[] {
  return MEASURES.flatMap((name) => {
    const scalar = result?.[name];
    return scalar === undefined ? [] : [{ tag: `${name}/${set}`, scalar }];
  });
}
