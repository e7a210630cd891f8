// `pipeline plugins <config>`.
import { dirname, relative, resolve } from "node:path";
import { loadConfig } from "../config/loadConfig.ts";
import { EXIT, type ExitCode } from "../PipelineError.ts";
import { describeSinks, type SinkDescription } from "../sinks/describeSinks.ts";
import { alignColumns } from "./alignColumns.ts";
import { tableName } from "./displayWidth.ts";
import { printJson } from "./printJson.ts";
import { directStrayErrors } from "../sinks/strayErrors.ts";

/** The flags of `plugins`. */
export interface PluginsFlags {
  readonly json?: boolean;
}

/** Prints the sinks that a config would load, and what is wrong with them; resolves with what `run` would exit with for them. */
export async function pluginsCommand(file: string, { json = false }: PluginsFlags): Promise<ExitCode> {
  directStrayErrors();
  const { config, directory, redact } = await loadConfig(file);
  const found = await describeSinks(config.sinks, directory);
  const sinks = found.map((sink) => ({ ...sink, use: redact(sink.use), problems: sink.problems.map(redact) }));
  const problems = sinks.flatMap((sink) => sink.problems);
  if (json) printJson({ config: file, sinks });
  else {
    const rows = sinks.map((sink) => [tableName(sink.use), originText(sink, file), deliveryText(sink), verdict(sink)]);
    process.stdout.write(
      rows.length === 0 ? "the config has no sinks\n" : alignColumns([["sink", "from", "delivery", "options"], ...rows]),
    );
    process.stderr.write(problems.map((line) => `${line}\n`).join(""));
  }
  return problems.length === 0 ? EXIT.done : EXIT.usage;
}

function originText({ origin }: SinkDescription, config: string): string {
  switch (origin?.from) {
    case undefined:
      return "not found";
    case "builtIn":
      return "built in";
    case "file":
      return `file ${tableName(relative(dirname(resolve(config)), origin.path))}`;
    case "package":
      return ["package", origin.package ?? origin.path, origin.version ?? "without a version"].join(" ");
  }
}

function deliveryText({ delivery, isolated }: SinkDescription): string {
  if (delivery === undefined) return "";
  const { whenFull, queue, timeoutMs, required, batches, live } = delivery;
  const marks = { required, batches, live, "own thread": isolated };
  const set = Object.entries(marks).flatMap(([mark, is]) => (is ? [mark] : []));
  return [whenFull, `queue ${queue}`, `${timeoutMs} ms`, ...set].join(", ");
}

function verdict({ origin, name, problems }: SinkDescription): string {
  if (problems.length === 0) return "hold";
  return origin !== undefined && name === undefined ? "can't be loaded" : origin === undefined ? "" : "wrong";
}
