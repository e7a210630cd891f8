// A made-up run through the command's own host of sinks. JavaScript: compiling TypeScript in the process would count as its memory.
import { createReadStream, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { serve } from "../../rivals/protocol.mjs";

const RUN = "bench";
const LOOK_EVERY = 10_000;

const inPipeline = (module) => import(new URL(module, import.meta.resolve("@downhill/pipeline")));

await serve(async () => {
  const [{ SinkHost }, { prepareSink }, { Stamper }] = await Promise.all(
    ["./sinks/SinkHost.js", "./sinks/prepareSink.js", "./run/Stamper.js"].map(inPipeline),
  );
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.resolve("@downhill/pipeline")), "utf8"));
  const answer = async ({ sinks, events, folder }) => {
    const file = sinks.find(({ use }) => use === "json")?.path;
    if (file !== undefined) await rm(file, { force: true });
    const terminal = { write: () => undefined, interactive: false, colour: false, columns: 80 };
    const run = { run: RUN, directory: folder, configDirectory: folder, terminal };
    const prepared = await Promise.all(sinks.map((sink, index) => prepareSink(sink, { index, directory: folder })));
    const failures = [];
    const host = new SinkHost(
      new Stamper(RUN),
      prepared.map((prepare) => prepare(run)),
      ({ sink, message }) => failures.push(`${sink}: ${message}`),
    );
    await host.open();
    let [before, most] = [0, 0];
    const start = performance.now();
    await host.write({ type: "runStarted", name: "bench", config: {}, epochs: events });
    for (let epoch = 1; epoch <= events; epoch += 1) {
      const cost = 2.3 / epoch;
      const accuracy = 1 - 0.9 / epoch;
      await host.write({
        type: "epochCompleted",
        epoch,
        epochs: events,
        cost,
        accuracy,
        learningRate: 0.002,
        samplesPerSecond: 8e4,
        durationMs: 12.5,
      });
      if (epoch === Math.ceil(events / 100)) before = process.memoryUsage.rss();
      if (epoch % LOOK_EVERY === 0) most = Math.max(most, process.memoryUsage.rss());
    }
    await host.complete({ type: "runCompleted", reason: "finished", epochs: events, durationMs: performance.now() - start });
    await host.close("finished");
    const milliseconds = performance.now() - start;
    return { milliseconds, growthBytes: Math.max(0, most - before), failures, ...(file && { lines: await linesOf(file) }) };
  };
  return { hello: { version: `downhill ${version}` }, answer };
});

async function linesOf(file) {
  let lines = 0;
  for await (const bytes of createReadStream(file)) for (const byte of bytes) if (byte === 10) lines += 1;
  return lines;
}
