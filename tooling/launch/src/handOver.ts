// The last act of a root script: the program takes over the terminal, and its exit code becomes the script's.
import { spawn } from "node:child_process";
import { constants } from "node:os";

/** Runs node with `args` in `cwd` and ends this process as it ends. */
export function handOver(args: readonly string[], cwd: string): void {
  const child = spawn(process.execPath, args, { cwd, stdio: "inherit" });
  // Ctrl-C reaches the whole process group, the program too; this process only waits. A SIGTERM reaches this process alone.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 1 : constants.signals[signal])));
}
