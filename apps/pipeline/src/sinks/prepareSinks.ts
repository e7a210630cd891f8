// All sinks of a config. What the options of one are made of is hidden from the others.
import type { Config, SinkConfig } from "../config/Config.ts";
import type { LoadedConfig } from "../config/loadConfig.ts";
import { variablesIn } from "../config/variables.ts";
import { prepareSink, type PreparedSink } from "./prepareSink.ts";

/** Which sinks a command wants, and where they may write. */
export interface SinkWishes {
  /** Leaves the console sink out. */
  readonly quiet?: boolean;
  /** Keeps standard output for the result. */
  readonly json?: boolean;
}

/** The sinks of a config, ready to be opened. Throws a PipelineError (usage) if one can't be had. */
export async function prepareSinks(
  { config, directory, shown }: LoadedConfig,
  { quiet = false, json = false }: SinkWishes,
): Promise<PreparedSink[]> {
  const { sinks: written } = shown as Pick<Config, "sinks">;
  const wanted = config.sinks.filter(({ use }) => !(quiet && use === "console"));
  return Promise.all(
    wanted.map((sink) => {
      const index = config.sinks.indexOf(sink);
      return prepareSink(sink, { index, directory, hidden: hiddenFrom(index, written), ...(json && { output: process.stderr }) });
    }),
  );
}

/** The variables that the options of other sinks are made of, and those of sink `index` are not. */
export function hiddenFrom(index: number, written: readonly SinkConfig[]): ReadonlySet<string> {
  const own = variablesIn(written[index]);
  return new Set([...variablesIn(written.toSpliced(index, 1))].filter((name) => !own.has(name)));
}
