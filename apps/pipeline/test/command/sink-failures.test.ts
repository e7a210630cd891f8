// A sink that fails, hangs or is slow never changes the training: its failure is one event and one line.
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { addMisbehaving, MISBEHAVING, readLoggedWrites, readMisbehavingLog } from "../misbehavingLog.ts";
import { eventsOf, filesBelow, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

type Sink = Readonly<Record<string, unknown>>;

const runWith = async (sink: Sink | undefined, console = false): Promise<{ folder: string; runDir: string; result: CommandResult }> => {
  const sinks = [...(console ? [{ use: "console" }] : []), ...(sink ? [{ use: MISBEHAVING, ...sink }] : [])];
  const folder = await smallProject({ sinks });
  await addMisbehaving(folder);
  return { folder, runDir: join(folder, "run"), result: await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder }) };
};

const weightsOf = ({ stdout }: CommandResult): string => (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;

let undisturbed: string;
beforeAll(async () => {
  undisturbed = weightsOf((await runWith(undefined)).result);
});

const SOON = { delivery: { timeoutMs: 50 } };

test.concurrent.each([
  ["throws as it opens", { at: "open", how: "throw" }, "open: out of ink"],
  ["hangs as it opens", { at: "open", how: "hang", ...SOON }, "open: open took longer than 50 ms"],
  ["throws at the first event", { at: "write", how: "throw" }, "write: out of ink"],
  ["throws at an epoch", { at: "write", how: "throw", from: 7 }, "write: out of ink"],
  ["hangs at an epoch", { at: "write", how: "hang", from: 7, ...SOON }, "write: write took longer than 50 ms"],
  [
    "hangs with a full queue",
    { at: "write", how: "hang", from: 3, delivery: { timeoutMs: 50, queue: 1 } },
    "write: write took longer than 50 ms",
  ],
  ["throws where nobody waits for it", { at: "write", how: "stray", writeMs: 2 }, "outside of its calls: lost connection"],
])("a sink that %s is dropped: the same weights, one event, one line", async (_, sink, message) => {
  const { runDir, result } = await runWith(sink, true);
  expect(result.exitCode).toBe(0);
  expect(weightsOf(result)).toBe(undisturbed);
  const events = await readEvents(runDir);
  expect(events[0].type).toBe("runStarted");
  expect(eventsOf(events, "sinkFailed")).toMatchObject([{ sink: MISBEHAVING, message }]);
  expect(eventsOf(events, "epochCompleted")).toHaveLength(20);
  expect(events.at(-1)).toMatchObject({ type: "runCompleted", reason: "finished", weightsSha256: undisturbed });
  expect(result.stderr.split(MISBEHAVING)).toHaveLength(2);
  expect(result.stderr).not.toMatch(/^ {4}at /m);
});

test.concurrent.each([
  ["throws as it is flushed", { at: "flush", how: "throw" }, "flush: out of ink"],
  ["hangs as it is flushed", { at: "flush", how: "hang", ...SOON }, "flush: flush took longer than 50 ms"],
  ["throws as it closes", { at: "close", how: "throw" }, "close: out of ink"],
  ["hangs as it closes", { at: "close", how: "hang", ...SOON }, "close: close took longer than 50 ms"],
])("a sink that %s: one event before the last, and one line", async (_, sink, message) => {
  const { runDir, result } = await runWith(sink);
  expect(result.exitCode).toBe(0);
  expect(weightsOf(result)).toBe(undisturbed);
  expect(result.stderr).toBe(`the sink ${MISBEHAVING} failed: ${message}\n`);
  const events = await readEvents(runDir);
  expect(events.slice(-2)).toMatchObject([
    { type: "sinkFailed", sink: MISBEHAVING, message },
    { type: "runCompleted", reason: "finished" },
  ]);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((__, index) => index));
});

test.concurrent.each([
  ["as it opens", { at: "open", how: "throw" }],
  ["at an epoch", { at: "write", how: "throw", from: 7 }],
])("a required sink that throws %s ends the run, with exit code 6", async (_, sink) => {
  // In step with so small a queue, or this training would be over before it is told.
  const { folder, runDir, result } = await runWith({ ...sink, delivery: { required: true, queue: 4 } });
  expect(result.exitCode).toBe(6);
  expect(result.stdout).toBe("");
  expect(result.stderr).toMatch(/^the required sink \.\/misbehaving\.mjs failed: (open|write): out of ink\n$/);
  const events = await readEvents(runDir);
  expect(events[0].type).toBe("runStarted");
  expect(eventsOf(events, "sinkFailed")).toHaveLength(1);
  expect(eventsOf(events, "runCompleted")).toMatchObject([{ reason: "failed", message: result.stderr.trimEnd() }]);
  expect(events.at(-1)?.type).toBe("runCompleted");
  expect(eventsOf(events, "epochCompleted").length).toBeLessThan(20);
  expect(await filesBelow(folder)).not.toContain("run/model.safetensors");
});

test.concurrent.each(["write", "flush", "close"])("a required sink that fails in its last %s is exit code 6 all the same", async (at) => {
  const { runDir, result } = await runWith({ at, how: "throw", from: 22, delivery: { required: true } });
  expect(result.exitCode).toBe(6);
  expect(result.stderr).toBe(`the required sink ${MISBEHAVING} failed: ${at}: out of ink\n`);
  expect(eventsOf(await readEvents(runDir), "runCompleted")).toMatchObject([{ reason: "failed", message: result.stderr.trimEnd() }]);
  expect(await filesBelow(runDir)).not.toContain("result.json");
  // Training was over, and its model is there.
  expect(await filesBelow(runDir)).toContain("model.safetensors");
});

const GUESTS: readonly (readonly [string, string, string])[] = [
  [
    "writes a number to the terminal",
    "open: (_, run) => ({ write({ epoch }) { run.terminal.write(epoch); } })",
    "write: terminal.write takes text, not ",
  ],
  [
    "writes to the terminal without end",
    'open: (_, run) => ({ write() { for (;;) run.terminal.write("x".repeat(1000) + "\\n"); } })',
    "write: it wrote more than a million characters to the terminal in one call",
  ],
  [
    "throws as it is flushed, and is closed once",
    "open: (_, run) => ({ write() {}, flush() { throw new Error('no'); }, close() { run.terminal.write('closed\\n'); } })",
    "flush: no",
  ],
];

test.concurrent.each(GUESTS)("a guest that %s is dropped, and the run is well", async (what, open, message) => {
  const folder = await smallProject({ sinks: [{ use: "./guest.mjs" }] }, { "guest.mjs": `export default { name: "guest", ${open} };` });
  const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([result.exitCode, weightsOf(result)]).toEqual([0, undisturbed]);
  const failures = eventsOf(await readEvents(join(folder, "run")), "sinkFailed");
  expect(failures).toMatchObject([{ sink: "./guest.mjs", message: expect.stringContaining(message) as string }]);
  if (what.includes("closed once")) expect(result.stderr.match(/^closed$/gm)).toHaveLength(1);
});

test.concurrent("what a guest prints as it closes is not lost", async () => {
  const guest = `export default { name: "guest", open: () => ({ write() {}, close() { for (let line = 0; line < 5; line += 1) console.log("line", line); } }) };`;
  const folder = await smallProject({ sinks: [{ use: "./guest.mjs" }] }, { "guest.mjs": guest });
  const { stdout } = await pipeline(["run", "config.json", "--quiet", "--out", "run"], { cwd: folder });
  expect(stdout).toBe("line 0\nline 1\nline 2\nline 3\nline 4\n");
});

test.concurrent.each(["queue: 0", "timeoutMs: Infinity", "queue: () => 1"])(
  "a plugin whose delivery is none (%s) is bad usage",
  async (wish) => {
    const guest = `export default { name: "guest", delivery: { ${wish} }, open: () => ({ write() {} }) };`;
    const folder = await smallProject({ sinks: [{ use: "./guest.mjs" }] }, { "guest.mjs": guest });
    const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
    expect(result).toMatchObject({ exitCode: 2, stdout: "" });
    expect(result.stderr).toMatch(/^the sink (guest|\.\/guest\.mjs).* has a delivery that is none: (queue|timeoutMs) .*\n$/);
  },
);

test.concurrent("Ctrl-C while a guest loads ends the run at once", async () => {
  const loads = `process.kill(process.pid, "SIGINT");\nawait new Promise(() => undefined);\nexport default {};\n`;
  const folder = await smallProject({ sinks: [{ use: "./loads.mjs" }] }, { "loads.mjs": loads });
  const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(result).toEqual({ exitCode: 130, stdout: "", stderr: "interrupted before training began\n" });
});

test.concurrent.each([true, false])("a module that ends the process as it is loaded is no sink; isolated: %s", async (isolated) => {
  const folder = await smallProject({ sinks: [{ use: "./exits.mjs", delivery: { isolated } }] }, { "exits.mjs": "process.exit(0);" });
  const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(result).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringMatching(/^the sink \.\/exits\.mjs.*\n$/) as string });
});

test.concurrent("a slow sink with a queue of 4: when it asks for a stop, the trainer has trained 5 events that it has not written, no more", async () => {
  const asksAt = 8;
  const { runDir, result } = await runWith({ writeMs: 50, at: "write", how: "SIGINT", from: asksAt, delivery: { queue: 4 } });
  expect(result.exitCode).toBe(130);
  const epochs = eventsOf(await readEvents(runDir), "epochCompleted");
  expect(JSON.parse(result.stdout)).toMatchObject({ epochs: epochs.length });
  // Events 0 to asksAt - 1 were written then.
  expect((epochs.at(-1)?.sequence ?? 0) + 1 - asksAt).toBeLessThanOrEqual(5);
  expect((epochs.at(-1)?.sequence ?? 0) + 1 - asksAt).toBeGreaterThanOrEqual(4);
});

test.concurrent("a slow sink with a queue of 4: the trainer is never more than 5 events ahead, and nothing is lost", async () => {
  const { folder, runDir, result } = await runWith({ writeMs: 50, delivery: { queue: 4 } });
  expect(weightsOf(result)).toBe(undisturbed);
  const events = await readEvents(runDir);
  const writes = await readLoggedWrites(folder);
  expect(writes.map(({ sequence, type }) => [sequence, type])).toEqual(events.map(({ sequence, type }) => [sequence, type]));
  // When an event was stamped, the trainer was ahead by those that the sink had not yet written.
  const ahead = events.map(({ at, sequence }) => sequence + 1 - writes.filter(({ doneAt }) => doneAt <= Date.parse(at)).length);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(5);
  expect(Math.max(...ahead)).toBeGreaterThanOrEqual(4);
  expect((await readMisbehavingLog(folder)).at(-1)).toBe("close finished");
});

test.concurrent("a slow sink that drops the oldest holds nobody up, and sees the beginning and the end", async () => {
  const { folder, result } = await runWith({ writeMs: 50, delivery: { queue: 4, whenFull: "dropOldest" } });
  expect(weightsOf(result)).toBe(undisturbed);
  const types = (await readLoggedWrites(folder)).map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(["runStarted", "dataLoaded"]);
  expect(types.at(-1)).toBe("runCompleted");
  expect(types.length).toBeLessThan(23);
});
