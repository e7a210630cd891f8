// file → JSONC → `--set` → `${VAR}` → zod → absolute paths. Everything wrong with a config is said at once, each with
// its place in the file.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Config, DataConfig, ModelConfig, SourceConfig } from "./Config.ts";
import { describeIssues } from "./describeIssues.ts";
import { schemaKeys } from "./jsonSchema.ts";
import { applyOverride, type Override } from "./overrides.ts";
import { type KeyPath, parseJsonc, type Place, type Problem } from "./parseJsonc.ts";
import { configSchema } from "./schema.ts";
import { showVariables, substituteVariables } from "./variables.ts";

/** A checked config. */
export interface LoadedConfig {
  /** With defaults, variables and absolute data paths: what the run uses. */
  readonly config: Config;
  /** With defaults, but `${VAR}` where it was written: what may be shown and stored. */
  readonly shown: unknown;
  /** The folder that relative paths start from. Absolute. */
  readonly directory: string;
  /** A message as it may be shown: values from the environment are replaced by their `${VAR}`. */
  redact(text: string): string;
}

/** Reads and checks a config file. Throws a PipelineError (usage) that lists everything wrong with it. */
export async function loadConfig(
  file: string,
  overrides: readonly Override[] = [],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<LoadedConfig> {
  const written = await readConfig(file);
  const raw = overrides.reduce(applyOverride, written.value);
  const place = (path: KeyPath): Place | undefined => (isOverridden(path, overrides) ? undefined : written.place(path));
  return resolveConfig(raw, { file, directory: written.directory, place, environment });
}

/** A config file as it is written: JSON, and nothing of it checked. */
export interface ConfigText {
  readonly file: string;
  /** The folder that relative paths start from. Absolute. */
  readonly directory: string;
  readonly value: unknown;
  /** The place of a value in the file. */
  place(path: KeyPath): Place | undefined;
}

/** Reads a config file. Throws a PipelineError (usage) if it can't be read or is no JSON. */
export async function readConfig(file: string): Promise<ConfigText> {
  const { value, place, problems } = parseJsonc(await read(file));
  if (problems.length > 0) throw problemsError(file, problems);
  return { file, directory: dirname(resolve(file)), value, place };
}

/** Where a config's values come from. */
export interface ConfigOrigin {
  /** What messages call it. */
  readonly file: string;
  /** What relative paths start from. Absolute. */
  readonly directory: string;
  /** The place of a value in the file. */
  place?(path: KeyPath): Place | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Fills in variables and defaults and checks the values. Throws a PipelineError (usage) that lists everything wrong with them. */
export function resolveConfig(raw: unknown, { file, directory, place, environment = process.env }: ConfigOrigin): LoadedConfig {
  const { value, written, problems: unset, redact } = substituteVariables(raw, environment);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success || unset.length > 0) {
    // Messages show `raw`: what came from the environment may be a secret.
    const invalid = parsed.success ? [] : describeIssues(parsed.error.issues, raw, schemaKeys());
    const problems = [...unset, ...invalid.filter(({ key }) => !unset.some((problem) => problem.key === key))];
    throw problemsError(
      file,
      problems.map((problem) => ({ ...problem, place: place?.(problem.path) })),
    );
  }
  const shown = showVariables(parsed.data, written);
  const { data, model } = parsed.data;
  return {
    config: { ...parsed.data, data: resolveData(data, directory), model: resolveModel(model, directory) },
    shown,
    directory,
    redact,
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "there is no such config file",
      EISDIR: "this is a folder; give the config file in it",
    };
    throw new PipelineError(EXIT.usage, `${file}: ${reasons[code ?? ""] ?? message}`, { cause });
  }
}

/** Whether `--set` gave the value at `path`, which then has no place in the file. */
export function isOverridden(path: KeyPath, overrides: readonly Override[]): boolean {
  return overrides.some((override) => override.path.every((key, index) => String(key) === String(path[index])));
}

function problemsError(file: string, problems: readonly Problem[]): PipelineError {
  const sorted = problems.toSorted((a, b) => order(a.place) - order(b.place));
  const lines = sorted.map(({ place, key, message }) => {
    const at = place === undefined ? file : `${file}:${place.line}:${place.column}`;
    return [at, key, message].filter((part) => part !== "").join("  ");
  });
  return new PipelineError(EXIT.usage, lines.join("\n"));
}

// By line, then by column; no line is a million characters long.
function order(place: Problem["place"]): number {
  return place === undefined ? Infinity : place.line * 1e6 + place.column;
}

function resolveData(data: DataConfig, directory: string): DataConfig {
  const absolute = <Set extends SourceConfig | { fraction: number }>(set: Set): Set =>
    Object.fromEntries(Object.entries(set).map(([key, value]) => [key, isPath(key, value) ? resolve(directory, value) : value])) as Set;
  return {
    ...data,
    train: absolute(data.train),
    ...(data.validation && { validation: absolute(data.validation) }),
    ...(data.test && { test: absolute(data.test) }),
  };
}

function resolveModel({ weights, ...model }: ModelConfig, directory: string): ModelConfig {
  if (weights === undefined) return model;
  if (typeof weights === "string") return { ...model, weights: resolve(directory, weights) };
  return { ...model, weights: { ...weights, file: resolve(directory, weights.file) } };
}

function isPath(key: string, value: unknown): value is string {
  return typeof value === "string" && key !== "label";
}
