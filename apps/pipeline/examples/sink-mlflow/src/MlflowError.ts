// The one error class of this package.

/** What is known of a failure besides its message. */
export interface MlflowErrorDetails {
  /** Whether another try may succeed: nobody answered, or the server says that it is at fault or busy. */
  readonly passing?: boolean;
  /** MLflow's own code, such as `RESOURCE_DOES_NOT_EXIST`. */
  readonly code?: string;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Thrown by everything here; `message` is fit for a person to read and never holds the token. */
export class MlflowError extends Error {
  override readonly name: string = "MlflowError";
  readonly passing: boolean;
  readonly code: string | undefined;
  readonly retryAfterMs: number;

  constructor(message: string, { passing = false, code, retryAfterMs = 0, cause }: MlflowErrorDetails = {}) {
    super(message, { cause });
    this.passing = passing;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
