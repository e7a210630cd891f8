// The run on the server that belongs to ours. It is looked for by a tag before it is made: so a try whose answer was lost makes no second
// one, and a run that is resumed or replayed goes on where it is.
import { anything, foundRuns, oneRun, type ServerRun } from "./answers.ts";
import type { MlflowClient } from "./MlflowClient.ts";
import { RUN_TAG, runTagValue, tag } from "./tagsOf.ts";

/** What the run is made as. */
export interface WantedRun {
  readonly experiment: string;
  /** The run's id in its events. */
  readonly run: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
}

/** The server's run with the status RUNNING, made where there is none. May be called again after any failure. Throws an MlflowError. */
export async function ensureRun(client: MlflowClient, { experiment, run, name, startTime }: WantedRun): Promise<ServerRun> {
  const filter = `tags.\`${RUN_TAG}\` = '${runTagValue(run)}'`;
  const { runs = [] } = await client.post("runs/search", { experiment_ids: [experiment], filter, max_results: 1 }, foundRuns);
  const [known] = runs;
  if (known === undefined) {
    const tags = [{ key: RUN_TAG, value: runTagValue(run) }, tag("mlflow.source.name", "downhill"), tag("mlflow.source.type", "LOCAL")];
    const made = await client.post("runs/create", { experiment_id: experiment, run_name: name, start_time: startTime, tags }, oneRun);
    return made.run;
  }
  if (known.info.status !== "RUNNING") await client.post("runs/update", { run_id: known.info.run_id, status: "RUNNING" }, anything);
  return known;
}
