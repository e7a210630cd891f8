import { MemorySink } from "@downhill/sinks/memory";
import { RunFigures } from "@downhill/sinks/plot";
import { sampleRun } from "@downhill/sinks/testing";

const memory = new MemorySink();
const figures = new RunFigures({ costScale: "log" });
for (const event of sampleRun({ epochs: 100 })) {
  memory.write(event);
  figures.take(event);
}
const costs = memory.events.flatMap((event) => (event.type === "epochCompleted" ? [event.cost] : []));
console.log(`${costs.length} epochs, the last at ${costs.at(-1)}`);
console.log(figures.draw("cost").startsWith("<svg"));
