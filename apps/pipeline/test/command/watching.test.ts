// What a sink may ask for: every batch, a look at the model while it is trained, and a say in when training rests and ends. None of it
// changes a bit.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { endAfter, interruptedProject, resumeWell } from "../interrupted/interruptedProject.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

// 42 of the 60 rows train, in batches of 16.
const BATCHES = { batchSize: 16, epochs: 4 };
const LAYERS = [
  { type: "dropout", rate: 0.1 },
  { type: "batchNorm" },
  { type: "dense", units: 8, activation: "relu" },
  { type: "dense", units: 3 },
];
// The three features as an image.
const IMAGES = { data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 }, image: { width: 3, height: 1 } } };

const weightsOf = (stdout: string): string => (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;

test.concurrent("a sink that asks is told every batch; others, and the weights, know nothing of it", async () => {
  const folder = await smallProject({
    ...BATCHES,
    sinks: [
      { use: "json", path: "all.ndjson", delivery: { batches: true } },
      { use: "json", path: "epochs.ndjson" },
    ],
  });
  const told = await pipeline(["run", "config.json", "--json", "--out", "told"], { cwd: folder });
  const plain = await pipeline(["run", "config.json", "--json", "--out", "plain", "--set", "sinks=[]"], { cwd: folder });
  expect(weightsOf(told.stdout)).toBe(weightsOf(plain.stdout));
  const events = await readEvents(join(folder, "told"));
  const batches = eventsOf(events, "batchCompleted");
  expect(batches.map(({ epoch, batch, batches: count }) => [epoch, batch, count])).toEqual(
    [1, 2, 3, 4].flatMap((epoch) => [1, 2, 3].map((batch) => [epoch, batch, 3])),
  );
  // An epoch's cost is the mean of its batches', weighted by size.
  for (const { epoch, cost } of eventsOf(events, "epochCompleted")) {
    const [first, second, third] = batches.filter((batch) => batch.epoch === epoch);
    expect((first.cost * 16 + second.cost * 16 + third.cost * 10) / 42).toBeCloseTo(cost, 6);
  }
  expect(await readFile(join(folder, "all.ndjson"), "utf8")).toBe(await readFile(join(folder, "told", "events.ndjson"), "utf8"));
  expect(await readFile(join(folder, "epochs.ndjson"), "utf8")).not.toContain("batchCompleted");
  expect(eventsOf(await readEvents(join(folder, "plain")), "batchCompleted")).toEqual([]);
});

test.concurrent("a sink that asks sees predictions and weights while training goes on", async () => {
  const live = { use: "json", path: "live.ndjson", delivery: { live: true } };
  const folder = await smallProject({
    ...IMAGES,
    model: { layers: LAYERS.slice(2) },
    epochs: 40,
    sinks: [live, { use: "json", path: "end.ndjson" }],
  });
  const told = await pipeline(["run", "config.json", "--json", "--out", "told"], { cwd: folder });
  const plain = await pipeline(["run", "config.json", "--json", "--out", "plain", "--set", "sinks=[]"], { cwd: folder });
  expect(weightsOf(told.stdout)).toBe(weightsOf(plain.stdout));
  const events = await readEvents(join(folder, "told"));
  for (const type of ["samplesPredicted", "weightsShown"] as const) {
    const epochs = eventsOf(events, type).map(({ epoch }) => epoch);
    // Often at first, then at each twentieth; the last one is of the trained model.
    expect(epochs).toEqual([1, 2, 4, 5, ...Array.from({ length: 17 }, (_, index) => 6 + 2 * index), undefined]);
  }
  const end = (await readFile(join(folder, "end.ndjson"), "utf8")).split("\n").filter((line) => line.includes('"samplesPredicted"'));
  expect(end).toHaveLength(1);
});

test.concurrent("looking at a model that drops out and normalizes changes no bit of it", async () => {
  const live = { use: "json", path: "live.ndjson", delivery: { live: true, batches: true } };
  const folder = await smallProject({ ...IMAGES, ...BATCHES, epochs: 12, model: { layers: LAYERS }, sinks: [live] });
  const told = await pipeline(["run", "config.json", "--json", "--out", "told"], { cwd: folder });
  const plain = await pipeline(["run", "config.json", "--json", "--out", "plain", "--set", "sinks=[]"], { cwd: folder });
  expect(told.stderr).toBe("");
  expect(weightsOf(told.stdout)).toBe(weightsOf(plain.stdout));
});

test.concurrent("a killed run tells each batch and each look once when it goes on", async () => {
  const live = { use: "json", path: "told.ndjson", delivery: { live: true, batches: true } };
  const changes = { ...IMAGES, batchSize: 5, epochs: 12, checkpoint: { everyBatches: 4 } };
  const { folder, runDir, whole } = await interruptedProject({ ...changes, sinks: [live, endAfter(7)] });
  const { printed } = await resumeWell(runDir);
  expect(printed.weightsSha256).toBe(whole.weightsSha256);
  const events = await readEvents(runDir);
  const batches = eventsOf(events, "batchCompleted").map(({ epoch, batch }) => (epoch - 1) * 9 + batch);
  expect(batches).toEqual(Array.from({ length: 12 * 9 }, (_, index) => index + 1));
  expect(eventsOf(events, "samplesPredicted").map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, undefined]);
  expect(await readFile(join(folder, "told.ndjson"), "utf8")).toBe(await readFile(join(runDir, "events.ndjson"), "utf8"));
});

// It lets training rest at epoch 3 for as long as it takes to see whether another epoch comes, and ends it at epoch 6.
const CONDUCTOR = `import { setTimeout as sleep } from "node:timers/promises";
export default {
  name: "conductor",
  open(_, { control, terminal }) {
    let resting = false;
    return {
      write(event) {
        if (event.type !== "epochCompleted") return;
        // One epoch may have been under way.
        if (resting && event.epoch > 4) terminal.write("it did not rest\\n");
        if (event.epoch === 3) {
          control.pause();
          resting = true;
          terminal.write(\`paused \${control.paused}\\n\`);
          void sleep(300).then(() => {
            resting = false;
            control.resume();
            terminal.write(\`paused \${control.paused}\\n\`);
          });
        }
        if (event.epoch === 6) control.stop();
      },
    };
  },
};
`;

test.concurrent("a sink in the program's thread lets training rest, go on and end", async () => {
  const sinks = [{ use: "./conductor.mjs", delivery: { isolated: false, queue: 1 } }];
  const folder = await smallProject({ ...BATCHES, epochs: 100_000, sinks });
  await writeFile(join(folder, "conductor.mjs"), CONDUCTOR);
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([130, "paused true\npaused false\n"]);
  const events = await readEvents(join(folder, "run"));
  const epochs = eventsOf(events, "epochCompleted").map(({ epoch }) => epoch);
  expect(epochs).toEqual(epochs.map((_, index) => index + 1));
  expect(epochs.length).toBeGreaterThanOrEqual(6);
  expect(epochs.length).toBeLessThan(100);
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "aborted" });
});

test.concurrent("Ctrl-C ends a run that rests", async () => {
  const resting = `export default { name: "resting", open: (_, { control }) => ({ write({ type }) {
    if (type === "dataLoaded") control.pause();
    if (type === "dataLoaded") setTimeout(() => process.kill(process.pid, "SIGINT"), 200);
  } }) };`;
  const folder = await smallProject({ epochs: 100_000, sinks: [{ use: "./resting.mjs", delivery: { isolated: false } }] });
  await writeFile(join(folder, "resting.mjs"), resting);
  const { exitCode } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(exitCode).toBe(130);
  const events = await readEvents(join(folder, "run"));
  expect(eventsOf(events, "epochCompleted")).toEqual([]);
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "aborted", epochs: 0 });
});

test.concurrent("a guest has no say: it is in a thread of its own", async () => {
  const asks = `export default { name: "asks", open: (_, run) => { run.terminal.write(String(run.control) + "\\n"); return { write() {} }; } };`;
  const folder = await smallProject({ epochs: 2, sinks: [{ use: "./asks.mjs" }] });
  await writeFile(join(folder, "asks.mjs"), asks);
  const { stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(stderr).toBe("undefined\n");
});
