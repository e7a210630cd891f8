// The command line → one bench → the report. Figures go to standard output; progress and troubles to standard error.
import { BenchError, EXIT, type ExitCode } from "./BenchError.ts";
import { benches } from "./benches.ts";
import { type Command, describeFlags, parseCommandLine } from "./commandLine.ts";
import { describeMachine } from "./machine/describeMachine.ts";
import { jsonLine } from "./report/jsonLine.ts";
import { paintFor } from "./report/paint.ts";
import { formatReport } from "./report/table.ts";

/** Runs the command line `args` (without node and script) and resolves with the exit code; errors are printed. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  try {
    const command = parseCommandLine(args, benches);
    if (command === undefined) process.stdout.write(HELP);
    else await report(command);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

async function report({ name, bench, json, options }: Command): Promise<void> {
  // Before the bench itself loads the machine.
  const machine = describeMachine();
  const result = await bench.run(options, (line) => void process.stderr.write(`${line}\n`));
  const stream = json ? process.stderr : process.stdout;
  stream.write(formatReport({ bench: name, question: bench.question, machine, result }, paintFor(stream)));
  if (json) process.stdout.write(jsonLine(name, machine, result));
}

const HELP = `pnpm bench <name> [flags] [--json]

${Object.entries(benches)
  .map(([name, bench]) => `  ${name.padEnd(12)}${bench.question}\n${" ".repeat(14)}${describeFlags(bench)}`)
  .join("\n")}

--json prints one line of results on standard output, everything else on standard error.
DOWNHILL_DATA is the folder with the real data, ../shared/data by default.
`;
