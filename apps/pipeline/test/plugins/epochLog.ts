// A sink of fifteen lines, as a user would put it beside a config: a line an epoch in a file of the run folder.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { RunContext, Sink, TrainingEvent } from "@downhill/sinks";

export default {
  name: "epoch-log",
  open(options: { prefix?: string }, run: RunContext): Sink {
    const file = join(run.directory, "epochs.log");
    return {
      write(event: TrainingEvent) {
        if (event.type === "epochCompleted") appendFileSync(file, `${options.prefix ?? ""}${event.epoch} ${event.cost}\n`);
      },
      close: (reason) => appendFileSync(file, `${reason}\n`),
    };
  },
};
