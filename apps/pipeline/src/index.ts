export type { Config, DataConfig, OptimizerConfig, SetConfig, SinkConfig, SourceConfig } from "./config/Config.ts";
export { configJsonSchema } from "./config/jsonSchema.ts";
export { loadConfig, type LoadedConfig } from "./config/loadConfig.ts";
export { EXIT, type ExitCode, PipelineError } from "./PipelineError.ts";
export type { RunResult } from "./run/driveRun.ts";
export { run, type RunOptions } from "./run/run.ts";
export type { RunSummary } from "./run/summary.ts";
