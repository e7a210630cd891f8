// Exit codes are those of the project's other commands.

/** Exit codes of `pnpm bench`. */
export const EXIT = { done: 0, failed: 1, usage: 2, data: 3 } as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A bench that can't give figures: what was wrong and what to do, without a stack trace. */
export class BenchError extends Error {
  override readonly name = "BenchError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
