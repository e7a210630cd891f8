// The numbers of an event under the tags that TensorBoard groups by: what stands before the slash is a section of its page.
import type { Result, TrainingEvent } from "../contract/TrainingEvent.ts";
import type { SummaryValue } from "./EventRecords.ts";

const MEASURES = ["cost", "accuracy", "rmse"] as const;

type SetName = "train" | "validation" | "test";

// Made once: those of an epoch come with every epoch.
const tagsOf = (set: SetName): Record<(typeof MEASURES)[number], string> => ({
  cost: `cost/${set}`,
  accuracy: `accuracy/${set}`,
  rmse: `rmse/${set}`,
});
const TAGS = { train: tagsOf("train"), validation: tagsOf("validation"), test: tagsOf("test") };

/** The scalars that `event` brings; none for most types. */
export function scalars(event: TrainingEvent): SummaryValue[] {
  if (event.type === "epochCompleted") {
    const { learningRate, samplesPerSecond, gradientNorms = {} } = event;
    const values = measures(event, "train");
    if (event.validation) values.push(...measures(event.validation, "validation"));
    values.push({ tag: "training/learningRate", scalar: learningRate }, { tag: "training/samplesPerSecond", scalar: samplesPerSecond });
    for (const layer in gradientNorms) values.push({ tag: `gradientNorm/${layer}`, scalar: gradientNorms[layer] });
    return values;
  }
  // Training's and validation's curves end with the last epoch; the test set is measured here only.
  return event.type === "runCompleted" && event.test ? measures(event.test, "test") : [];
}

function measures(result: Result, set: SetName): SummaryValue[] {
  const values: SummaryValue[] = [];
  for (const name of MEASURES) {
    const scalar = result[name];
    if (scalar !== undefined) values.push({ tag: TAGS[set][name], scalar });
  }
  return values;
}
