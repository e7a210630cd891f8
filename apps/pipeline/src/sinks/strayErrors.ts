// Errors that a sink throws where nobody waits for them: in a timer, in a rejection that nothing handles, as the "error"
// of a socket that has no listener. They would end the process, and the training with it; here they find their sink.
import { AsyncLocalStorage } from "node:async_hooks";
import { EXIT } from "../PipelineError.ts";
import { messageOf } from "../failure.ts";

type OnStray = (error: unknown) => void;

const owner = new AsyncLocalStorage<OnStray>();

/** Makes a function that calls another; what that sets going, however much later, has its stray errors sent to `onStray`. */
export function strayErrorsTo(onStray: OnStray): <Value>(action: () => Value) => Value {
  // Once, for a call may come with every event.
  return owner.run(onStray, () => AsyncLocalStorage.snapshot());
}

/**
 * From now on stray errors go to whoever owns them; those that nobody owns end the process with a message, as ever. A sink that calls
 * process.exit has thrown an error instead: the others, and the training, go on.
 */
export function directStrayErrors(): void {
  const exit = process.exit.bind(process);
  // Without a code it exits with process.exitCode, which one that is undefined would reset.
  process.exit = (...code): never => {
    if (owner.getStore() !== undefined) throw new Error(`it called process.exit(${code[0] ?? ""})`);
    return exit(...code);
  };
  process.on("uncaughtException", (error) => {
    const onStray = owner.getStore();
    if (onStray !== undefined) {
      onStray(error);
      return;
    }
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(EXIT.unexpected);
  });
}
