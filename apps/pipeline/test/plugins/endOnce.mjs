// A sink that sends its own process a signal when it is told of an epoch: once, for it leaves a file beside the config.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export default {
  name: "end-once",
  open({ epoch, signal = "SIGKILL" }, { configDirectory }) {
    const done = join(configDirectory, "ended-once");
    return {
      write(event) {
        if (event.type !== "epochCompleted" || event.epoch !== epoch || existsSync(done)) return;
        writeFileSync(done, "");
        process.kill(process.pid, signal);
      },
    };
  },
};
