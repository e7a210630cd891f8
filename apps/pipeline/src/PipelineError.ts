// The exit codes are a public contract; every error that a person can cause carries one.

/** Exit codes of the command. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  data: 3,
  model: 4,
  diverged: 5,
  sink: 6,
  interrupted: 130,
  terminated: 143,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that a person can mend: its message stands alone, without a stack trace. */
export class PipelineError extends Error {
  override readonly name = "PipelineError";
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
