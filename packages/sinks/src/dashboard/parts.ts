// The parts of the page beside curves and figures: HTML that the report knows how to write, each made anew when an event of
// its types has come.
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { confusionSection } from "../report/confusionSection.ts";
import { configSection, dataSection, environmentSection, warningsSection } from "../report/origin.ts";
import { ending, heading, resultsSection } from "../report/outcome.ts";
import { mistakesSection, predictionsSection, samplesSection, weightsSection } from "../report/pictures.ts";
import type { RunRecord } from "../report/RunRecord.ts";

/** A part: the types of events that change it, and its HTML, in which every text of an event is escaped. */
export interface Part {
  readonly types: readonly TrainingEvent["type"][];
  readonly html: (record: RunRecord) => string;
}

/** The parts by the id of their place on the page, in the page's order; `heading` and `ending` stand in its head. */
export const PARTS: Readonly<Record<string, Part>> = {
  heading: { types: ["runStarted"], html: heading },
  ending: { types: ["runCompleted"], html: ending },
  results: { types: ["runCompleted"], html: resultsSection },
  confusion: { types: ["runCompleted"], html: confusionSection },
  warnings: { types: ["warningRaised", "sinkFailed"], html: warningsSection },
  predictions: { types: ["samplesPredicted"], html: predictionsSection },
  mistakes: { types: ["samplesPredicted"], html: mistakesSection },
  weights: { types: ["weightsShown"], html: weightsSection },
  samples: { types: ["samplesShown"], html: samplesSection },
  data: { types: ["dataLoaded"], html: dataSection },
  configuration: { types: ["runStarted"], html: configSection },
  environment: { types: ["runStarted"], html: environmentSection },
};
