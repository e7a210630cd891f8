export { Accuracy } from "./Accuracy.ts";
export { ConfusionMatrix } from "./ConfusionMatrix.ts";
export { Mean } from "./Mean.ts";
export { MeanAbsoluteError } from "./MeanAbsoluteError.ts";
export type { Metric } from "./Metric.ts";
export { MetricError } from "./MetricError.ts";
export { R2 } from "./R2.ts";
export { RootMeanSquaredError } from "./RootMeanSquaredError.ts";
