// `pipeline check <config>`.
import { checkConfig } from "../check/checkConfig.ts";
import { describePlan } from "../check/describePlan.ts";
import { parseOverride } from "../config/overrides.ts";
import type { ExitCode } from "../PipelineError.ts";
import { printJson } from "./printJson.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";

/** The flags of `check`. */
export interface CheckFlags {
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** Prints what a run of the config would be, or everything that is wrong with it; resolves with what `run` would exit with. */
export async function checkCommand(file: string, flags: CheckFlags): Promise<ExitCode> {
  directStrayErrors();
  const { exitCode, problems, plan } = await checkConfig(file, flags.set.map(parseOverride));
  if (flags.json) printJson({ config: file, exitCode, problems, ...(plan && { plan }) });
  else if (plan !== undefined) process.stdout.write(describePlan(plan));
  else process.stderr.write(problems.map((line) => `${line}\n`).join(""));
  return exitCode;
}
