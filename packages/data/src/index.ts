export { DataError, type DataErrorPlace } from "./DataError.ts";
export type { ByteOptions, ByteSource } from "./bytes/ByteSource.ts";
export { openBytes } from "./bytes/openBytes.ts";
export type {
  ColumnConfig,
  ColumnsConfig,
  ColumnType,
  MissingPolicy,
  TableColumn,
  TableLayout,
  UnknownPolicy,
} from "./columns/ColumnConfig.ts";
export { describeTable, type ColumnDescription, type DescribeOptions, type TableDescription } from "./columns/describeTable.ts";
export { type FittedColumn, type FittedTable, widthOf } from "./columns/encodeTable.ts";
export type { InferredType } from "./columns/inferType.ts";
export { labelCandidates, targetsOf, type LabelCandidate } from "./columns/labelCandidates.ts";
export { MISSING_MARKERS } from "./columns/missing.ts";
export {
  fitPreprocessing,
  preprocessFeatures,
  preprocessSamples,
  type Preprocessing,
  type PreprocessingOptions,
} from "./columns/Preprocessing.ts";
export type { ColumnKind, CsvColumn } from "./csv/CsvColumn.ts";
export type { CsvDialect, TableHead } from "./csv/head.ts";
export { readCsv, type CsvBatch, type CsvOptions, type MalformedPolicy } from "./csv/readCsv.ts";
export { readIdx, type IdxFile, type IdxValues } from "./idx/readIdx.ts";
export { batches, type Batch, type BatchOptions } from "./samples/batches.ts";
export { checkData, type SetCheck } from "./samples/checkData.ts";
export type { LeftOut } from "./samples/leftOut.ts";
export { loadFeatures, type FeatureSource, type PredictionOptions } from "./samples/loadFeatures.ts";
export { loadSamples, type SampleOptions, type SampleSource } from "./samples/loadSamples.ts";
export type { LoadProgress } from "./samples/readTable.ts";
export type { ClassTargets, Features, LabelColumn, RawTable, Samples, ValueTargets } from "./samples/Samples.ts";
export { applyScale, fitScale, type Scale, type ScaleKind } from "./samples/scale.ts";
export type { RowPlaces } from "./samples/RowPlaces.ts";
export { settleAll } from "./settleAll.ts";
export { split } from "./samples/split.ts";
export { streamFeatures, type FeatureRows, type FeatureStreamOptions } from "./samples/streamFeatures.ts";
export type { FeatureOptions } from "./samples/tableFeatures.ts";
export type { RowShare } from "./stream/RowShares.ts";
export { StreamedSamples, type PassOptions } from "./stream/StreamedSamples.ts";
export { streamLike, streamSamples, type StreamedTable, type StreamOptions } from "./stream/streamSamples.ts";
export { fitTargetScale, restoreValues, scaleTargets, type TargetScale } from "./samples/targetScale.ts";
