// From an entry of the config to a sink that the host can open: built-in ones in this thread, guests each in a thread of its own.
import type { SinkConfig } from "../config/Config.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { DEFAULT_DELIVERY, inspectSink } from "./inspectSink.ts";
import { SinkThread } from "./isolated/SinkThread.ts";
import { LONGEST_LOAD_MS } from "./loadSink.ts";
import { locateSink } from "./locateSink.ts";
import { contextFor, type SinkContext } from "./SinkContext.ts";
import type { SinkQueueOptions } from "./SinkQueue.ts";
import { TimeLimit } from "./TimeLimit.ts";

/** A sink that is ready to be opened once the run is known. */
export type PreparedSink = (run: SinkContext) => SinkQueueOptions;

/** Where an entry of a config stands, and what its sink may see of the process. */
export interface EntryOrigin {
  /** Its place among the sinks, from 0. */
  readonly index: number;
  /** The config's folder. Absolute. */
  readonly directory: string;
  /** Names of variables that the thread of a guest doesn't get: they are for other sinks. */
  readonly hidden?: ReadonlySet<string>;
  /** Where a guest prints; standard output by default. */
  readonly output?: NodeJS.WritableStream;
}

/** Loads the plugin and checks its options. Throws a PipelineError (usage) if one of them won't do. */
export async function prepareSink(sink: SinkConfig, origin: EntryOrigin): Promise<PreparedSink> {
  const { index, directory } = origin;
  const guest = (await locateSink(sink.use, directory)).from !== "builtIn";
  if (guest && sink.delivery?.isolated !== false) return prepareIsolated(sink, origin);
  const { plugin, options, delivery } = await inspectSink(sink, index, directory);
  return (run) => ({
    name: sink.use,
    guest,
    delivery,
    open: async () => plugin.open(options, contextFor(run, delivery)),
  });
}

async function prepareIsolated(
  sink: SinkConfig,
  { index, directory, hidden, output = process.stdout }: EntryOrigin,
): Promise<PreparedSink> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden?.has(name)));
  const thread = new SinkThread({ entry: { sink, index, directory }, env, output });
  let delivery = DEFAULT_DELIVERY;
  try {
    await new TimeLimit(LONGEST_LOAD_MS).run("loading it", async () => {
      delivery = await thread.load();
    });
  } catch (cause) {
    await thread.terminate();
    const { message } = cause as Error;
    throw new PipelineError(
      EXIT.usage,
      message.includes(sink.use) || message.startsWith("sinks.") ? message : `the sink ${sink.use}: ${message}`,
      { cause },
    );
  }
  return (run) => ({
    name: sink.use,
    guest: true,
    delivery,
    open: (onStray) => thread.open(run, delivery, onStray),
    abandon: () => thread.abandon(),
  });
}
