export type { Config, DataConfig, OptimizerConfig, SetConfig, SinkConfig, SourceConfig } from "./config/Config.ts";
export { configJsonSchema } from "./config/jsonSchema.ts";
export { loadConfig, type LoadedConfig } from "./config/loadConfig.ts";
export { EXIT, type ExitCode, PipelineError } from "./PipelineError.ts";
export { run, type RunOptions, type RunResult } from "./run/run.ts";
