// What the package's own code shows when it makes a handle. Nobody else has it, so every handle is one whose memory was given to it.
import { LinalgError } from "./LinalgError.ts";

/** Shown to the constructors of Matrix, Indices and Cell. */
export const MAKER: unique symbol = Symbol("@downhill/linalg");

/** Throws a LinalgError unless a handle is made by the package. */
export function checkMaker(shown: symbol, what: string, remedy: string): void {
  if (shown !== MAKER) throw new LinalgError(`${what}: only a Linalg makes them; call ${remedy}`);
}
