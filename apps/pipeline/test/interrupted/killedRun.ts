// A run that checkpoints every few batches, killed where it stands and gone on with: in the same bits as one that was not, and
// with each event once.
import { access, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pipeline, startPipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { SMALL_CONFIG, SMALL_TABLE } from "../smallTable.ts";

const EPOCHS = 60;
// A kill can come before there is a folder: then the run has not begun.
const NOTHING_THERE = /can't be read: ENOENT/;

/** A project whose run is killed. */
export interface KillProject {
  readonly folder: string;
  /** What the run comes to when nobody kills it. */
  readonly weightsSha256: string;
  /** How long that takes, in milliseconds. */
  readonly durationMs: number;
}

/** Makes the project in `folder`, and runs it once to its end. */
export async function killProject(folder: string): Promise<KillProject> {
  const config = {
    ...SMALL_CONFIG,
    data: { train: { file: "table.csv", label: "kind" }, validation: { fraction: 0.2 }, test: { fraction: 0.2 } },
    // What goes on from batch to batch, and from epoch to epoch: averages, masks, moments, a rate that waits for the cost.
    model: {
      layers: [
        { type: "dense", units: 8, activation: "relu" },
        { type: "batchNorm", momentum: 0.9 },
        { type: "dropout", rate: 0.2 },
        { type: "dense", units: 3 },
      ],
    },
    optimizer: { type: "adam", learningRate: 0.05, clipNorm: 1, schedule: { type: "plateau", factor: 0.8, patience: 2, warmUp: 3 } },
    batchSize: 3,
    epochs: EPOCHS,
    checkpoint: { everyBatches: 4, keep: 2 },
    earlyStopping: { patience: 1000 },
    sinks: [{ use: "json", path: "whole.ndjson" }],
  };
  await writeFile(join(folder, "table.csv"), SMALL_TABLE);
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  const start = performance.now();
  const { stdout, stderr, exitCode } = await pipeline(["run", "config.json", "--json", "--out", "whole"], { cwd: folder });
  if (exitCode !== 0) throw new Error(`the run ended with ${exitCode}: ${stderr}`);
  const { weightsSha256 } = JSON.parse(stdout) as { weightsSha256: string };
  return { folder, weightsSha256, durationMs: performance.now() - start };
}

/** Kills a run after `moments[0]` milliseconds, what goes on with it after the next, and so on, and lets the last one end. Says what is wrong with what came of it, if anything. */
export async function killAndResume(
  { folder, weightsSha256 }: KillProject,
  name: string,
  moments: readonly number[],
): Promise<string | undefined> {
  const out = join(folder, name);
  const told = `${name}.ndjson`;
  const run = ["run", "config.json", "--json", "--out", name, "--set", `sinks.0.path=${told}`];
  const resume = ["resume", name, "--json"];
  let begun = false;
  for (const moment of moments) {
    const command = startPipeline(begun ? resume : run, { cwd: folder });
    await sleep(moment);
    command.process.kill("SIGKILL");
    await command.result;
    begun = await access(join(out, "manifest.json")).then(
      () => true,
      () => false,
    );
    if (!begun) await rm(out, { recursive: true, force: true });
  }
  let last = await pipeline(resume, { cwd: folder });
  if (NOTHING_THERE.test(last.stderr)) last = await pipeline(run, { cwd: folder });
  if (last.exitCode !== 0) return `it ended with ${last.exitCode}: ${last.stderr}`;
  const result = JSON.parse(last.stdout) as { weightsSha256: string };
  if (result.weightsSha256 !== weightsSha256) return `its weights are ${result.weightsSha256} and not ${weightsSha256}`;
  // The sink with a file of its own has neither missed an event nor been told one twice.
  const [events, other] = await Promise.all([join(out, "events.ndjson"), join(folder, told)].map((path) => readFile(path, "utf8")));
  return events === other ? faultOf(await readEvents(out)) : "the json sink's file is not events.ndjson";
}

function faultOf(events: Awaited<ReturnType<typeof readEvents>>): string | undefined {
  const gap = events.findIndex(({ sequence }, index) => sequence !== index);
  if (gap !== -1) return `event ${gap} has the number ${events[gap].sequence}`;
  const epochs = eventsOf(events, "epochCompleted").map(({ epoch }) => epoch);
  if (epochs.length !== EPOCHS || epochs.some((epoch, index) => epoch !== index + 1)) return `its epochs are ${epochs.join(" ")}`;
  const once = ["runStarted", "dataLoaded", "runCompleted"] as const;
  const wrong = once.find((type) => eventsOf(events, type).length !== 1);
  if (wrong !== undefined) return `it tells ${wrong} ${eventsOf(events, wrong).length} times`;
  if (events[0].type !== "runStarted" || events.at(-1)?.type !== "runCompleted") return "it does not begin and end as a run does";
  return undefined;
}
