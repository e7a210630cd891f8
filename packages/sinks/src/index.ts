export type {
  BatchCompleted,
  DataLoaded,
  EpochCompleted,
  EventStamp,
  FinalResult,
  LayerSummary,
  ModelSummary,
  Picture,
  PredictedPicture,
  Result,
  CheckpointSaved,
  RunCompleted,
  RunEnd,
  RunStarted,
  SampleSet,
  SamplesPredicted,
  SamplesShown,
  SinkFailed,
  TrainingEvent,
  TrainingFact,
  WarningRaised,
  WeightsShown,
} from "./contract/TrainingEvent.ts";
export {
  type Delivery,
  defineSink,
  type OptionsSchema,
  type RunContext,
  type RunControl,
  type SchemaIssue,
  type Sink,
  type SinkPlugin,
  type Terminal,
} from "./contract/Sink.ts";
export { SinkError } from "./contract/SinkError.ts";
export { formatCost, formatCount, formatDuration } from "./text/quantity.ts";
export { plainText } from "./text/plainText.ts";
