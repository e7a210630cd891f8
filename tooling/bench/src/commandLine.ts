// Arguments → the bench and its options. A flag with a number belongs to the benches that declare it.
import { parseArgs } from "node:util";
import type { Bench, BenchOptions } from "./Bench.ts";
import { BenchError, EXIT } from "./BenchError.ts";

/** What the command line asks for. */
export interface Command {
  readonly name: string;
  readonly bench: Bench;
  readonly json: boolean;
  /** The bench's own options, defaults filled in. */
  readonly options: BenchOptions;
}

/** The command in `args`, or undefined where help is asked for. Throws a BenchError (usage) for anything that is not one. */
export function parseCommandLine(args: readonly string[], benches: Readonly<Record<string, Bench>>): Command | undefined {
  const { values, positionals } = parse(args, benches);
  if (values["help"] === true) return undefined;
  const [name, ...rest] = positionals;
  if (name === undefined) throw usageError(`which bench? There are: ${Object.keys(benches).join(", ")}`);
  if (!Object.hasOwn(benches, name)) throw usageError(`there is no bench '${name}'. There are: ${Object.keys(benches).join(", ")}`);
  if (rest.length > 0) throw usageError(`one bench at a time: '${rest[0]}' is one argument too many`);
  const bench = benches[name];
  const options = { ...bench.options };
  for (const [flag, text] of Object.entries(values)) {
    if (typeof text !== "string") continue;
    if (!Object.hasOwn(options, flag)) throw usageError(`bench ${name} takes no --${flag}. It takes: ${describeFlags(bench)}`);
    options[flag] = parseCount(flag, text);
  }
  return { name, bench, json: values["json"] === true, options };
}

/** The flags of a bench with their defaults: `--epochs 10`. */
export function describeFlags({ options }: Bench): string {
  return Object.entries(options)
    .map(([flag, value]) => `--${flag} ${value}`)
    .join(", ");
}

function parse(args: readonly string[], benches: Readonly<Record<string, Bench>>) {
  const flags = Object.values(benches).flatMap((bench) => Object.keys(bench.options));
  const counts = Object.fromEntries(flags.map((flag) => [flag, { type: "string" as const }]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...counts, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (cause) {
    // The first sentence says what is wrong, the rest is about arguments that none of ours looks like.
    throw usageError(`${(cause as Error).message.split(". ", 1)[0]}; pnpm bench --help lists what there is`, { cause });
  }
}

function parseCount(flag: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`--${flag} is '${text}'; give a whole number of at least 1`);
}

function usageError(message: string, options?: ErrorOptions): BenchError {
  return new BenchError(EXIT.usage, message, options);
}
