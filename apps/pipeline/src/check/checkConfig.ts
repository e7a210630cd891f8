// A config → everything that is wrong with it at once, or the plan of its run. Samples and model are made as `run` makes
// them, so the two can't disagree; nothing is written.
import type { Config } from "../config/Config.ts";
import { type ConfigOrigin, loadConfig, resolveConfig } from "../config/loadConfig.ts";
import type { Override } from "../config/overrides.ts";
import { exitCodeOf, messageOf } from "../failure.ts";
import { EXIT, type ExitCode } from "../PipelineError.ts";
import { createTrainer } from "../trainer/createTrainer.ts";
import type { Trainer } from "../trainer/Trainer.ts";
import { ConfigText } from "./ConfigText.ts";
import { lookAtFiles, lookAtSinks, partProblem, type PartProblem } from "./lookAtParts.ts";
import { makePlan } from "./makePlan.ts";
import type { Plan } from "./Plan.ts";

/** What a check comes to. */
export interface CheckResult {
  /** What `run` would exit with; 0 if there is no problem. */
  readonly exitCode: ExitCode;
  /** Each a line, or more; `file:line:column  key  what` where it is of a value in the config. */
  readonly problems: readonly string[];
  /** There if there is no problem. */
  readonly plan?: Plan;
}

/** Checks a config file with `overrides`. Throws only what nobody foresaw. */
export async function checkConfig(file: string, overrides: readonly Override[]): Promise<CheckResult> {
  const loaded = await foreseen(() => loadConfig(file, overrides));
  const invalid = "failure" in loaded ? loaded.failure.message.split("\n") : [];
  const text = await ConfigText.read(file, overrides);
  if (text === undefined) return { exitCode: EXIT.usage, problems: invalid };

  const describe = (problem: PartProblem): string => text.describe(problem);
  const sinks = (await lookAtSinks(text.value, text.directory)).map(describe);
  const missing = await lookAtFiles(text.value, text.directory);
  const files = missing.map(describe);
  if ("failure" in loaded) return { exitCode: EXIT.usage, problems: [...invalid, ...sinks, ...files] };

  // run, too, asks the sinks first.
  const first = sinks.length > 0 ? EXIT.usage : files.length > 0 ? EXIT.data : undefined;
  const { trainer, failures } = await tryTrainer(loaded.value.config);
  const lines = failures.flatMap(({ message }) => message.split("\n"));
  // What the files have been found to lack is not told twice.
  const others = lines.filter((line) => !missing.some((problem) => line.startsWith(`${problem.file}: `)));
  const faults = others.map((line) => describe(partProblem(loaded.value.redact(line), [])));
  const problems = [...sinks, ...files, ...faults];
  if (trainer === undefined || problems.length > 0) return { exitCode: first ?? failures[0].exitCode, problems };
  return { exitCode: EXIT.done, problems, plan: makePlan(loaded.value, trainer) };
}

/** Checks a config that is not in a file yet, as `run` would. Resolves with what is wrong with it, a line or more each. */
export async function checkValues(values: unknown, origin: ConfigOrigin): Promise<Omit<CheckResult, "plan">> {
  const loaded = await foreseen(async () => resolveConfig(values, origin));
  const failures = "failure" in loaded ? [loaded.failure] : (await tryTrainer(loaded.value.config)).failures;
  return { exitCode: failures[0]?.exitCode ?? EXIT.done, problems: failures.map(({ message }) => message) };
}

interface Failure {
  readonly exitCode: ExitCode;
  readonly message: string;
}

async function foreseen<Value>(action: () => Promise<Value>): Promise<{ readonly value: Value } | { readonly failure: Failure }> {
  try {
    return { value: await action() };
  } catch (error) {
    const exitCode = exitCodeOf(error);
    if (exitCode === EXIT.unexpected) throw error;
    return { failure: { exitCode, message: messageOf(error) } };
  }
}

// With one thread: no others have to be started for what is never trained.
async function tryTrainer(config: Config): Promise<{ readonly trainer?: Trainer; readonly failures: readonly Failure[] }> {
  const result = await foreseen(() => createTrainer({ ...config, compute: { ...config.compute, threads: 1 } }));
  if ("value" in result) return { trainer: result.value, failures: [] };
  const { failure } = result;
  // A wrong image doesn't keep the rest from being looked at.
  if (!failure.message.startsWith("data.image ")) return { failures: [failure] };
  const { image: _, ...data } = config.data;
  const { failures } = await tryTrainer({ ...config, data });
  return { failures: [failure, ...failures] };
}
