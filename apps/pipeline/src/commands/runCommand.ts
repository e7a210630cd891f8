// `pipeline run <config>`.
import { type Override, parseOverride } from "../config/overrides.ts";
import { loadConfig, type LoadedConfig } from "../config/loadConfig.ts";
import { exitCodeOf, messageOf } from "../failure.ts";
import { EXIT, type ExitCode, PipelineError } from "../PipelineError.ts";
import { dryRun } from "../run/dryRun.ts";
import { run } from "../run/run.ts";
import { untilSignal } from "../signals.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";
import { decideTerminal } from "../terminal.ts";
import { describeDryRun } from "./describeDryRun.ts";
import { printJson } from "./printJson.ts";

/** The flags of `run`. */
export interface RunFlags {
  readonly set: readonly string[];
  readonly seed?: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly threads?: string;
  readonly wide?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** Trains, or with `--dry-run` rehearses it, and with `--json` prints one line of results on standard output. */
export async function runCommand(file: string, flags: RunFlags): Promise<ExitCode> {
  const loaded = await loadConfig(file, overridesOf(flags));
  if (flags.json) checkStandardOutput(loaded);
  const terminal = decideTerminal(flags);
  directStrayErrors();
  const { signal, received, stop } = untilSignal();
  const redacted = (error: unknown): never => {
    throw new PipelineError(exitCodeOf(error), loaded.redact(messageOf(error)), { cause: error });
  };
  if (flags.dryRun) {
    // There is nothing to be ended in order.
    signal.addEventListener("abort", () => process.exit(received()));
    const found = await dryRun(loaded, { ...flags, terminal, signal, stop }).catch(redacted);
    if (flags.json) printJson({ dryRun: true, ...found });
    else if (!flags.quiet) process.stdout.write(describeDryRun(found));
    return EXIT.done;
  }
  const result = await run(loaded, { ...flags, terminal, signal, stop }).catch(redacted);
  const { runDir, summary } = result;
  if (flags.json) printJson({ runDir, ...summary });
  else if (!flags.quiet) terminal.write(`run folder: ${runDir}\n`);
  return received() ?? EXIT.done;
}

function overridesOf(flags: RunFlags): Override[] {
  const overrides = flags.set.map(parseOverride);
  if (flags.seed !== undefined) overrides.push(parseOverride(`seed=${flags.seed}`));
  if (flags.threads !== undefined) overrides.push(parseOverride(`compute.threads=${flags.threads}`));
  if (flags.wide) overrides.push({ path: ["compute", "wide"], value: true });
  return overrides;
}

// --json promises one line and nothing else.
function checkStandardOutput({ config }: LoadedConfig): void {
  const index = config.sinks.findIndex(({ use, path }) => use === "json" && path === undefined);
  if (index === -1) return;
  throw new PipelineError(EXIT.usage, `sinks.${index}  the json sink writes to standard output, which --json needs; give it a "path"`);
}
