// `pipeline resume <run>`.
import { resolve } from "node:path";
import { parseOverride } from "../config/overrides.ts";
import { exitCodeOf, messageOf } from "../failure.ts";
import { openRun } from "../model/loadRunConfig.ts";
import { EXIT, type ExitCode, PipelineError } from "../PipelineError.ts";
import { resume } from "../run/resume.ts";
import { untilSignal } from "../signals.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";
import { decideTerminal } from "../terminal.ts";
import { printJson } from "./printJson.ts";

/** The flags of `resume`. */
export interface ResumeFlags {
  readonly threads?: string;
  readonly wide?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** Goes on with a run that was interrupted, and with `--json` prints one line of results on standard output. */
export async function resumeCommand(run: string, flags: ResumeFlags): Promise<ExitCode> {
  const runDir = resolve(run);
  const { loaded, manifest } = await openRun(runDir, overridesOf(flags));
  const terminal = decideTerminal(flags);
  directStrayErrors();
  const { signal, received, stop } = untilSignal();
  const result = await resume({ runDir, manifest, loaded }, { ...flags, terminal, signal, stop }).catch((error: unknown) => {
    throw new PipelineError(exitCodeOf(error), loaded.redact(messageOf(error)), { cause: error });
  });
  if (flags.json) printJson({ runDir, ...result.summary });
  else if (!flags.quiet) terminal.write(`run folder: ${runDir}\n`);
  return received() ?? EXIT.done;
}

// How it is computed changes no bit.
function overridesOf({ threads, wide }: ResumeFlags): ReturnType<typeof parseOverride>[] {
  return [
    ...(threads === undefined ? [] : [parseOverride(`compute.threads=${threads}`)]),
    ...(wide ? [parseOverride("compute.wide=true")] : []),
  ];
}
