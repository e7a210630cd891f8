// Ctrl-C and SIGTERM: the first asks to end in order, the second ends at once.
import { EXIT, type ExitCode, PipelineError } from "./PipelineError.ts";

/** A signal that aborts on SIGINT or SIGTERM with an error of this `message`, and the exit code that stands for what was received, if anything. */
export function untilSignal(message = "interrupted before training began"): {
  readonly signal: AbortSignal;
  received(): ExitCode | undefined;
  /** Does what the first SIGINT does. */
  stop(): void;
} {
  const controller = new AbortController();
  let received: ExitCode | undefined;
  const end = (code: ExitCode): void => {
    received ??= code;
    controller.abort(new PipelineError(code, message));
  };
  let signalled = false;
  const handle = (code: ExitCode): void => {
    if (signalled) process.exit(code);
    signalled = true;
    end(code);
  };
  process.on("SIGINT", () => handle(EXIT.interrupted));
  process.on("SIGTERM", () => handle(EXIT.terminated));
  return { signal: controller.signal, received: () => received, stop: () => end(EXIT.interrupted) };
}
