import { appendFile } from "node:fs/promises";
import type { SinkPlugin } from "@downhill/sinks";

const epochLog: SinkPlugin<{ file?: string }> = {
  name: "epoch-log",
  open: ({ file = "epochs.txt" }, run) => ({
    async write(event) {
      if (event.type !== "epochCompleted") return;
      await appendFile(`${run.directory}/${file}`, `${event.epoch} ${event.cost}\n`);
    },
  }),
};

export default epochLog;
