// A run that is asked to end by SIGINT, at any moment: no line of its events is lost, and they say how it ended.
import { access, copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPipeline } from "../command.ts";
import { readEvents } from "../runFolderContents.ts";
import { SMALL_CONFIG, SMALL_TABLE } from "../smallTable.ts";

/** From before the program runs to some hundred epochs, in milliseconds. */
const LATEST_MS = 1500;

/** How a run was found. */
export interface Ended {
  /** Whether it had a folder. */
  readonly begun: boolean;
  /** What is wrong with what it left, if anything. */
  readonly fault?: string;
}

/** Makes a project in `folder` that trains for longer than anybody waits, and tells every batch to sinks of every kind. */
export async function endlessProject(folder: string): Promise<void> {
  const config = {
    ...SMALL_CONFIG,
    batchSize: 16,
    epochs: 10_000_000,
    checkpoint: { everyBatches: 50 },
    sinks: [
      { use: "console" },
      { use: "json", path: "told.ndjson", delivery: { batches: true } },
      { use: "csv" },
      { use: "./epochLog.ts" },
    ],
  };
  await writeFile(join(folder, "table.csv"), SMALL_TABLE);
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await copyFile(new URL("../plugins/epochLog.ts", import.meta.url), join(folder, "epochLog.ts"));
}

/** Runs the project, sends SIGINT after a share `moment` (0..1) of the time in which there is anything to see, and looks at what is left. */
export async function endBySignal(folder: string, name: string, moment: number): Promise<Ended> {
  const told = `${name}.ndjson`;
  const command = startPipeline(["run", "config.json", "--out", name, "--set", `sinks.1.path=${told}`], { cwd: folder });
  await sleep(moment * LATEST_MS);
  command.process.kill("SIGINT");
  const { exitCode, stderr } = await command.result;
  const begun = await access(join(folder, name)).then(
    () => true,
    () => false,
  );
  // A process that does not run our code yet is ended by the signal itself: to a shell, 130 as well.
  if (!begun)
    return {
      begun,
      ...(exitCode !== 130 &&
        command.process.signalCode !== "SIGINT" && { fault: `it ended with ${exitCode ?? command.process.signalCode}: ${stderr}` }),
    };
  const fault = await faultOf(folder, name, told);
  return {
    begun,
    ...(exitCode === 130 ? fault && { fault } : { fault: `it ended with ${exitCode ?? command.process.signalCode}: ${stderr}` }),
  };
}

async function faultOf(folder: string, name: string, told: string): Promise<string | undefined> {
  const out = join(folder, name);
  const text = await readFile(join(out, "events.ndjson"), "utf8");
  if (!text.endsWith("\n")) return "its last line was cut short";
  const events = await readEvents(out);
  const last = events.at(-1);
  if (last?.type !== "runCompleted" || last.reason !== "aborted") return `its last event is ${JSON.stringify(last)}`;
  const gap = events.findIndex(({ sequence }, index) => sequence !== index);
  if (gap !== -1) return `event ${gap} has the number ${events[gap].sequence}`;
  if ((await readFile(join(folder, told), "utf8")) !== text) return "the json sink's file is not events.ndjson";
  const epochs = events.filter(({ type }) => type === "epochCompleted").length;
  if (last.epochs !== epochs) return `it says ${last.epochs} epochs and tells ${epochs}`;
  for (const [file, others] of [
    ["metrics.csv", 1],
    ["epochs.log", 1],
  ] as const) {
    const lines = (await readFile(join(out, file), "utf8")).split("\n").length - 1 - others;
    if (lines !== epochs) return `${file} has ${lines} epochs, not ${epochs}`;
  }
  return undefined;
}
