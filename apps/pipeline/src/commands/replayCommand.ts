// `pipeline replay <run> --sink NAME`.
import { relative, resolve } from "node:path";
import { readManifest } from "../model/loadRunConfig.ts";
import { EXIT, type ExitCode } from "../PipelineError.ts";
import { replay } from "../run/replay.ts";
import { untilSignal } from "../signals.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";
import { decideTerminal } from "../terminal.ts";

/** The flags of `replay`. */
export interface ReplayFlags {
  readonly sink: string;
  readonly out?: string;
  readonly color?: boolean;
}

/** Plays a recorded run through a sink, and names the files that this made on standard error. */
export async function replayCommand(run: string, { sink, out, color }: ReplayFlags): Promise<ExitCode> {
  const runDir = resolve(run);
  const manifest = await readManifest(runDir);
  const terminal = decideTerminal({ ...(color !== undefined && { color }) });
  directStrayErrors();
  const { signal } = untilSignal("interrupted; nothing was replaced");
  const { events, files } = await replay({ runDir, manifest, sink, ...(out !== undefined && { out }), terminal, signal });
  const lines = [`${events} events played into ${sink}`, ...files.map((file) => relative(process.cwd(), file))];
  terminal.write(lines.map((line) => `${line}\n`).join(""));
  return EXIT.done;
}
