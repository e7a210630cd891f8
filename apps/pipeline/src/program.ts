// The command line: verbs, flags, and the way from an error to a message and an exit code.
import { Command, CommanderError, Option } from "commander";
import { suggestion } from "./config/nearest.ts";
import { exitCodeOf, messageOf } from "./failure.ts";
import { EXIT, type ExitCode } from "./PipelineError.ts";
import type { CheckFlags } from "./commands/checkCommand.ts";
import type { DataGetFlags } from "./commands/dataGetCommand.ts";
import type { DoctorFlags } from "./commands/doctorCommand.ts";
import type { EvaluateFlags } from "./commands/evaluateCommand.ts";
import { EXPORT_FORMATS, type ExportFlags } from "./commands/exportFlags.ts";
import type { InitFlags } from "./commands/initCommand.ts";
import type { PluginsFlags } from "./commands/pluginsCommand.ts";
import type { PredictFlags } from "./commands/predictCommand.ts";
import type { ReplayFlags } from "./commands/replayCommand.ts";
import type { ResumeFlags } from "./commands/resumeCommand.ts";
import type { RunFlags } from "./commands/runCommand.ts";
import type { SchemaFlags } from "./commands/schemaCommand.ts";
import { PREDICTION_FORMATS } from "./commands/predictionFormat.ts";
import { ownVersion } from "./run/manifest.ts";

const EXAMPLES = `
Examples:
  pipeline run config.json --set epochs=50 --seed 1       train, with other values than the file's, and leave a run folder
  pipeline evaluate runs/<run> --json                     how well the model does on its test set
  pipeline predict runs/<run> rows.csv --out classes.csv  what it says of new rows`;

/** Runs the command line `args` (without node and script) and resolves with the exit code; errors are printed. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  const program = await buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    // commander has printed its own messages, help and version included.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${messageOf(error)}\n`);
    return exitCodeOf(error);
  }
}

async function buildProgram(finish: (code: ExitCode) => void): Promise<Command> {
  const program = new Command("pipeline")
    .description("Trains neural networks as streams: CSV in, every epoch out as an event.")
    .version(await ownVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("afterAll", EXAMPLES);

  program
    .command("run")
    .description("train what a config describes, and leave a run folder")
    .argument("<config>", "config file, JSON with comments")
    .addOption(new Option("--set <key=value>", "change a value of the config; repeatable").default([]).argParser(collect))
    .option("--seed <n>", "the seed of everything random")
    .option("--out <dir>", "the run folder itself (default: runs/<date-time>-<name>)")
    .option("--overwrite", "replace --out if it is an old run folder")
    .option("--threads <n>", "use at most this many threads")
    .option("--wide", "execute 256 bits at a time where the engine can")
    .option("--dry-run", "try one batch of each phase, estimate the time of the run, and write nothing")
    .option("--json", "print one line of results on standard output")
    .option("--quiet", "no console sink")
    .option("--no-color", "no colours")
    .action(async (config: string, flags: RunFlags) => finish(await (await import("./commands/runCommand.ts")).runCommand(config, flags)));

  program
    .command("resume")
    .description("go on with a run that was interrupted, from its last checkpoint, to the same bits")
    .argument("<run>", "run folder")
    .option("--threads <n>", "use at most this many threads")
    .option("--wide", "execute 256 bits at a time where the engine can")
    .option("--json", "print one line of results on standard output")
    .option("--quiet", "no console sink")
    .option("--no-color", "no colours")
    .action(async (run: string, flags: ResumeFlags) =>
      finish(await (await import("./commands/resumeCommand.ts")).resumeCommand(run, flags)),
    );

  program
    .command("replay")
    .description("what a sink makes of a recorded run, out of its events.ndjson")
    .argument("<run>", "run folder")
    .requiredOption("--sink <name>", "a built-in sink, ./file.ts beside the run's config, or a package")
    .option("--out <dir>", "the folder for its files (default: the run folder)")
    .option("--no-color", "no colours")
    .action(async (run: string, flags: ReplayFlags) =>
      finish(await (await import("./commands/replayCommand.ts")).replayCommand(run, flags)),
    );

  program
    .command("evaluate")
    .description("cost and accuracy of a run's model on its test set, or on other data")
    .argument("<run>", "run folder")
    .option("--data <file>", "a table, or the features if the run has its labels in a second file")
    .option("--labels <file>", "the labels, if they are not in the table")
    .option("--json", "print one line of results")
    .action(async (run: string, flags: EvaluateFlags) => (await import("./commands/evaluateCommand.ts")).evaluateCommand(run, flags));

  program
    .command("predict")
    .description("class and probabilities for each row, as the rows come")
    .argument("<run>", "run folder")
    .argument("<file>", "CSV file of rows, gzipped or not, or - for standard input; or an IDX file of images")
    .option("--out <file>", "write here instead of standard output")
    .addOption(new Option("--format <name>", "csv or ndjson (default: what --out ends with, else csv)").choices(PREDICTION_FORMATS))
    .option(
      "--malformed <policy>",
      "malformed records are left out: skip, or a number for at most so many (default: the first is an error)",
    )
    .action(async (run: string, file: string, flags: PredictFlags) =>
      (await import("./commands/predictCommand.ts")).predictCommand(run, file, flags),
    );

  program
    .command("export")
    .description("a run's model for other tools: an ONNX file with the preprocessing in it, or its weights alone")
    .argument("<run>", "run folder")
    .addOption(new Option("--format <name>", "onnx or safetensors (default: what --out ends with, else onnx)").choices(EXPORT_FORMATS))
    .option("--out <file>", "write here (default: model.onnx or weights.safetensors in the run folder)")
    .option("--verify", "compare the ONNX file with the model in onnxruntime-web, which is fetched once")
    .option("--json", "print one line of results")
    .action(async (run: string, flags: ExportFlags) => (await import("./commands/exportCommand.ts")).exportCommand(run, flags));

  program
    .command("check")
    .description("everything that is wrong with a config, or the plan of its run; writes nothing")
    .argument("<config>", "config file, JSON with comments")
    .addOption(new Option("--set <key=value>", "change a value of the config; repeatable").default([]).argParser(collect))
    .option("--json", "print one line of findings")
    .action(async (config: string, flags: CheckFlags) =>
      finish(await (await import("./commands/checkCommand.ts")).checkCommand(config, flags)),
    );

  program
    .command("plugins")
    .description("the sinks that a config would load: where each comes from, its delivery, and whether its options hold")
    .argument("<config>", "config file, JSON with comments")
    .option("--json", "print one line of findings")
    .action(async (config: string, flags: PluginsFlags) =>
      finish(await (await import("./commands/pluginsCommand.ts")).pluginsCommand(config, flags)),
    );

  program
    .command("init")
    .description("look at a table, decide how to learn from it, and write a config")
    .argument("<data.csv>", "CSV file, gzipped or not")
    .option("--label <column>", "what to predict: the column's name, or its index from 0")
    .option("--delimiter <character>", "what stands between fields, or tab (default: found in the first records)")
    .option("--header", "the first record names the columns (default: found in the first records)")
    .option("--no-header", "the first record is one like the others")
    .option("--comment <character>", "lines that begin with it are passed over")
    .option(
      "--malformed <policy>",
      "malformed records are left out: skip, or a number for at most so many (default: the first is an error)",
    )
    .option("--out <file>", "the config to write", "config.json")
    .action(async (file: string, flags: InitFlags) => (await import("./commands/initCommand.ts")).initCommand(file, flags));

  const data = program.command("data").description("data sets to begin with");
  data
    .command("get")
    .description("download a data set, checked; without a name: what there is")
    .argument("[name]", "mnist or fashion-mnist")
    .option("--out <dir>", "where to (default: data/<name>)")
    .option("--from <url>", "a mirror of your own, instead of the public ones")
    .option("--json", "print one line of results")
    .action(async (name: string | undefined, flags: DataGetFlags) =>
      (await import("./commands/dataGetCommand.ts")).dataGetCommand(name, flags),
    );

  program
    .command("doctor")
    .description("what this machine runs, how fast, and why")
    .option("--json", "print one line of findings")
    .action(async (flags: DoctorFlags) => finish(await (await import("./commands/doctorCommand.ts")).doctorCommand(flags)));

  program
    .command("schema")
    .description("the config's JSON schema, for editors: with the options of the built-in sinks, and of the plugins that a config names")
    .argument("[config]", "config file, JSON with comments")
    .option("--out <file>", "write here instead of standard output")
    .action(async (config: string | undefined, flags: SchemaFlags) =>
      (await import("./commands/schemaCommand.ts")).schemaCommand(config, flags),
    );

  refuseUnknownVerbs(program);
  refuseUnknownVerbs(data);
  return program;
}

function refuseUnknownVerbs(command: Command): void {
  command.on("command:*", ([verb]: string[]) => {
    const verbs = command.commands.map((known) => known.name());
    const are = verbs.length === 1 ? "The verb is" : "The verbs are";
    command.error(`error: unknown verb '${verb}'${suggestion(verb, verbs)}\n${are} ${verbs.join(", ")}.`, { exitCode: EXIT.usage });
  });
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}
