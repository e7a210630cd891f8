// The sink `{ "use": "console" }`; it has no options, for the terminal says what it can do.
import { optionsSchema } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";
import { ConsoleSink } from "./ConsoleSink.ts";

/** Tells a person on a terminal how the run goes. */
export const consoleSink: SinkPlugin<object> = {
  name: "console",
  options: optionsSchema<object>("tells a person on a terminal how the run goes", {}),
  delivery: { whenFull: "block" },
  async open(_, run) {
    const sink = new ConsoleSink(run.terminal);
    for await (const event of run.history?.() ?? []) sink.remember(event);
    return sink;
  },
};
