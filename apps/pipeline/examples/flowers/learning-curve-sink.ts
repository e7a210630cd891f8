// A sink of one's own: the learning curve as a CSV file in the run folder. A config names it by its path:
// { "use": "./learning-curve-sink.ts", "file": "learning-curve.csv" }
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { SinkPlugin } from "@downhill/sinks";

const learningCurve: SinkPlugin<{ file: string }> = {
  name: "learning-curve",
  async open({ file }, run) {
    const csv = await open(join(run.directory, file), "w");
    await csv.write("epoch,cost,validation_cost\n");
    return {
      async write(event) {
        if (event.type === "epochCompleted") await csv.write(`${event.epoch},${event.cost},${event.validation?.cost}\n`);
      },
      close: () => csv.close(),
    };
  },
};

export default learningCurve;
