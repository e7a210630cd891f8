// A recorded run played through a sink: what the sink makes of the run, out of events.ndjson alone.
import { basename, isAbsolute, join, normalize, resolve } from "node:path";
import type { RunEnd, Terminal, TrainingEvent } from "@downhill/sinks";
import type { SinkConfig } from "../config/Config.ts";
import { substituteVariables } from "../config/variables.ts";
import { exitCodeOf, messageOf } from "../failure.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { prepareSink } from "../sinks/prepareSink.ts";
import { hiddenFrom } from "../sinks/prepareSinks.ts";
import { SinkQueue } from "../sinks/SinkQueue.ts";
import { locked } from "./locked.ts";
import type { Manifest } from "./manifest.ts";
import { history } from "./recordedEvents.ts";
import { ReplayFolder } from "./ReplayFolder.ts";
import { RUN_FILES } from "./runFolder.ts";

/** What is replayed, and how. */
export interface ReplayOptions {
  /** The run folder. Absolute. */
  readonly runDir: string;
  readonly manifest: Manifest;
  /** As `use` in a config. */
  readonly sink: string;
  /** The folder for the sink's files; the run folder by default. */
  readonly out?: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** What a replay has made. */
export interface Replay {
  readonly events: number;
  /** Absolute, in order. */
  readonly files: readonly string[];
}

/**
 * Opens the sink with the options that the run's config has for it, each time that it has it, and plays the run through it. Throws
 * a PipelineError: usage for a sink that can't be had, model for a record that can't be read, sink if it fails, and the signal's reason.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { runDir, out, manifest, sink } = options;
  const target = resolve(out ?? runDir);
  const { entries, redact } = entriesOf(manifest, sink);
  const play = async (): Promise<Replay> => {
    const folder = await ReplayFolder.make(target);
    try {
      let events = 0;
      for (const { entry, index } of entries) events = await playThrough(entry, index, folder.path, options);
      return { events, files: await folder.place() };
    } finally {
      await folder.remove();
    }
  };
  try {
    // A run under way holds its sinks' files open.
    return await (target === runDir ? locked(runDir, play) : play());
  } catch (cause) {
    throw new PipelineError(exitCodeOf(cause), redact(messageOf(cause)), { cause });
  }
}

async function playThrough(
  entry: SinkConfig,
  index: number,
  directory: string,
  { runDir, manifest, terminal, signal }: ReplayOptions,
): Promise<number> {
  const { run, configDirectory } = manifest;
  const prepare = await prepareSink(within(directory, entry), {
    index,
    directory: configDirectory,
    hidden: hiddenFrom(index, sinksOf(manifest)),
  });
  const { delivery, ...sink } = prepare({ run, directory, configDirectory, terminal });
  // There is nothing that must not wait.
  const queue = new SinkQueue({ ...sink, delivery: { ...delivery, whenFull: "block" } });
  let events = 0;
  let end: RunEnd = "aborted";
  await queue.open();
  try {
    for await (const event of recorded(join(runDir, RUN_FILES.events))) {
      signal.throwIfAborted();
      await queue.write(event);
      if (event.type === "runCompleted") end = event.reason;
      if (queue.failure !== undefined) break;
      events += 1;
    }
  } finally {
    await queue.close(end);
  }
  if (queue.failure !== undefined) throw new PipelineError(EXIT.sink, `the sink ${entry.use} failed: ${queue.failure}`);
  return events;
}

// Whole lines only: a killed run may have left a part of one.
async function* recorded(path: string): AsyncGenerator<TrainingEvent> {
  let any = false;
  try {
    for await (const event of history(path, Infinity)) {
      any = true;
      yield event;
    }
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path} can't be read: ${(cause as Error).message}`, { cause });
  }
  if (!any) throw new PipelineError(EXIT.model, `${path} holds no event: the run was interrupted before its first`);
}

interface Entries {
  readonly entries: readonly { readonly entry: SinkConfig; readonly index: number }[];
  redact(text: string): string;
}

// The sink's entries in the run's config, with variables as the environment has them now; those of other sinks need not be set.
function entriesOf(manifest: Manifest, sink: string): Entries {
  const kept = sinksOf(manifest).map((entry) => (entry.use === sink ? entry : undefined));
  const { value, problems, redact } = substituteVariables({ sinks: kept }, process.env);
  if (problems.length > 0) throw new PipelineError(EXIT.usage, problems.map(({ key, message }) => `${key}  ${message}`).join("\n"));
  const entries = (value as { readonly sinks: readonly (SinkConfig | undefined)[] }).sinks.flatMap((entry, index) =>
    entry === undefined ? [] : [{ entry, index }],
  );
  return { entries: entries.length > 0 ? entries : [{ entry: { use: sink }, index: 0 }], redact };
}

function sinksOf({ config }: Manifest): readonly SinkConfig[] {
  return (config as { readonly sinks?: readonly SinkConfig[] }).sinks ?? [];
}

// The json sink is the one built in that writes where its options say: what it wrote outside of the config's folder goes by its name alone.
function within(directory: string, entry: SinkConfig): SinkConfig {
  const { use, path } = entry;
  if (use !== "json" || typeof path !== "string") return entry;
  const inside = normalize(path);
  return { ...entry, path: join(directory, isAbsolute(inside) || inside.startsWith("..") ? basename(inside) : inside) };
}
