// From any error to what a person reads and the code that the process exits with.
import { DataError } from "@downhill/data";
import { LinalgError } from "@downhill/linalg";
import { NnError } from "@downhill/nn";
import { EXIT, type ExitCode, PipelineError } from "./PipelineError.ts";

/** The exit code that stands for `error`. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof PipelineError) return error.exitCode;
  if (error instanceof DataError) return EXIT.data;
  if (error instanceof NnError || error instanceof LinalgError) return EXIT.usage;
  return EXIT.unexpected;
}

/** One clear message; the stack only of an error that nobody foresaw. */
export function messageOf(error: unknown): string {
  if (error instanceof PipelineError || exitCodeOf(error) !== EXIT.unexpected) return (error as Error).message;
  return `unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
