export { Accuracy } from "./Accuracy.ts";
export { ConfusionMatrix } from "./ConfusionMatrix.ts";
export { Mean } from "./Mean.ts";
export type { Metric } from "./Metric.ts";
export { MetricError } from "./MetricError.ts";
export { RootMeanSquaredError } from "./RootMeanSquaredError.ts";
