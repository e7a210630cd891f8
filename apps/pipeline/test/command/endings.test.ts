// The truth table: what every sink sees, in the program's thread and in its own, however a run ends.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { brief } from "../facts.ts";
import { addMisbehaving, MISBEHAVING, readMisbehavingLog } from "../misbehavingLog.ts";
import { readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

// Each of its epochs is an event, and nothing else comes between the data and the end.
const EPOCHS = 4;
const epochs = (count: number): string[] => Array.from({ length: count }, (_, index) => `epoch ${index + 1}`);
const OPENING = ["runStarted", "dataLoaded"];
// What can be gone on with, and what is the best, is stored when training has ended.
const SAVED = "checkpointSaved";
// The sink has written the third epoch when it asks for an end; one more may be on its way.
const INTERRUPT = { at: "write", how: "SIGINT", from: 4 };
const TOO_FAST = { type: "sgd", learningRate: 1e30 };

interface Ending {
  readonly how: string;
  readonly exitCode: number;
  readonly changes?: object;
  /** The guest's options. */
  readonly guest?: object;
  /** What the record and the built-in sink saw. */
  readonly seen: readonly string[];
  /** What the guest saw, if that is something else, and with what it was closed. */
  readonly guestSaw?: readonly string[];
  readonly closed: string;
}

const ENDINGS: readonly Ending[] = [
  { how: "finished", exitCode: 0, seen: [...OPENING, ...epochs(4), SAVED, "runCompleted finished"], closed: "finished" },
  {
    how: "stopped early",
    exitCode: 0,
    changes: { earlyStopping: { patience: 1, minDelta: 1e9 } },
    seen: [...OPENING, ...epochs(2), SAVED, "runCompleted stoppedEarly"],
    closed: "stoppedEarly",
  },
  {
    how: "the cost is NaN in epoch 2",
    exitCode: 5,
    changes: { optimizer: TOO_FAST },
    seen: [...OPENING, ...epochs(1), "runCompleted diverged"],
    closed: "diverged",
  },
  {
    how: "a sink throws",
    exitCode: 0,
    guest: { at: "write", how: "throw", from: 3, delivery: { queue: 1 } },
    seen: [...OPENING, ...epochs(4), SAVED, "runCompleted finished"],
    guestSaw: [...OPENING, "epoch 1"],
    closed: "failed",
  },
  {
    how: "a required sink does not open",
    exitCode: 6,
    guest: { at: "open", how: "throw", delivery: { required: true } },
    seen: ["runStarted", `sinkFailed ${MISBEHAVING}`, "runCompleted failed"],
    guestSaw: [],
    closed: "",
  },
];

const typesIn = (lines: string): string[] =>
  lines
    .trimEnd()
    .split("\n")
    .map((line) => brief(JSON.parse(line) as Parameters<typeof brief>[0]));
const failed = (event: string): boolean => event.startsWith("sinkFailed");

test.concurrent.each(ENDINGS)("$how", async ({ exitCode, changes, guest, seen, guestSaw = seen, closed }) => {
  const sinks = [
    { use: "json", path: "beside.ndjson" },
    { use: MISBEHAVING, ...guest },
  ];
  const folder = await smallProject({ epochs: EPOCHS, sinks, ...changes });
  await addMisbehaving(folder);
  const result = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([result.exitCode, result.stderr]).toEqual([exitCode, result.stderr]);

  const recorded = (await readEvents(join(folder, "run"))).map(brief);
  expect(typesIn(await readFile(join(folder, "beside.ndjson"), "utf8"))).toEqual(recorded);
  // Where in a run that goes on a failure is told depends on who is faster; that it is told once, and before the end, does not.
  expect(recorded.filter((event) => seen.includes(event) || !failed(event))).toEqual(seen);
  expect(recorded.filter(failed)).toHaveLength(guest === undefined ? 0 : 1);

  const log = await readMisbehavingLog(folder).catch(() => []);
  const told = log.filter((line) => /^\d/.test(line)).map((line) => line.split(" ")[1]);
  expect(told).toEqual(guestSaw.map((event) => (event.startsWith("epoch") ? "epochCompleted" : event.split(" ")[0])));
  expect(log.filter((line) => line.startsWith("close"))).toEqual(closed === "" ? [] : [`close ${closed}`]);
});

test.concurrent("aborted after some epochs: the record, the built-in sink and the guest saw the same", async () => {
  const sinks = [
    { use: "json", path: "beside.ndjson" },
    { use: MISBEHAVING, ...INTERRUPT },
  ];
  const folder = await smallProject({ epochs: 10_000_000, sinks });
  await addMisbehaving(folder);
  const { exitCode } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(exitCode).toBe(130);
  const recorded = (await readEvents(join(folder, "run"))).map(brief);
  expect(recorded).toEqual([...OPENING, ...epochs(recorded.length - 4), SAVED, "runCompleted aborted"]);
  expect(typesIn(await readFile(join(folder, "beside.ndjson"), "utf8"))).toEqual(recorded);
  const log = await readMisbehavingLog(folder);
  expect(log.filter((line) => /^\d/.test(line))).toHaveLength(recorded.length);
  expect(log.at(-1)).toBe("close aborted");
});
