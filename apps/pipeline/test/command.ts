// The built command, as a process of its own: what it prints, and the code that it ends with.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root, where config.json is. */
export const ROOT: string = fileURLToPath(new URL("../../../", import.meta.url));

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

// A command that hangs fails its test before the test's own time is over.
const LONGEST_MS = 25_000;

/** What became of a command. */
export interface CommandResult {
  /** Null when a signal killed it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  /** What it reads from standard input; nothing by default. */
  readonly input?: string | Uint8Array;
  /** Leaves standard input open behind `input`, for the test to go on. */
  readonly inputStaysOpen?: boolean;
  /** Variables beside those of this process; undefined unsets one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly longestMs?: number;
}

/** A command under way. */
export interface RunningCommand {
  readonly process: ChildProcessWithoutNullStreams;
  readonly result: Promise<CommandResult>;
  /** Resolves when standard error holds `text`; rejects if the command ends without it. */
  sawOnStderr(text: string): Promise<void>;
}

/** Starts `pipeline …args`. */
export function startPipeline(args: readonly string[], options: CommandOptions): RunningCommand {
  const { cwd, input = "", env = {}, longestMs = LONGEST_MS } = options;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A command that doesn't read its input closes the pipe.
  child.stdin.on("error", () => undefined);
  if (options.inputStaysOpen) child.stdin.write(input);
  else child.stdin.end(input);
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();
  const timer = setTimeout(() => child.kill("SIGKILL"), longestMs);
  const result = new Promise<CommandResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, stdout: text(stdout), stderr: text(stderr) });
    });
  });
  const sawOnStderr = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => (text(stderr).includes(wanted) ? resolve() : undefined);
      child.stderr.on("data", look);
      child.on("close", () => reject(new Error(`the command ended without ${wanted} on standard error:\n${text(stderr)}`)));
      look();
    });
  return { process: child, result, sawOnStderr };
}

/** Runs `pipeline …args` to its end. */
export function pipeline(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return startPipeline(args, options).result;
}
