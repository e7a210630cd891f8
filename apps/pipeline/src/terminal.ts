// What the terminal can do, decided once. Progress and diagnostics go to standard error; standard output is data.
import type { Terminal } from "@downhill/sinks";
import { isCI } from "std-env";

/** The terminal behind standard error. */
export function decideTerminal(options: { readonly color?: boolean } = {}): Terminal {
  const { env, stderr } = process;
  const interactive = stderr.isTTY === true && env["TERM"] !== "dumb" && !isCI;
  // https://no-color.org: any value that is not empty.
  const colour = options.color !== false && !env["NO_COLOR"] && interactive;
  return {
    write: (text) => void stderr.write(text),
    interactive,
    colour,
    get columns() {
      return stderr.columns ?? 80;
    },
  };
}
