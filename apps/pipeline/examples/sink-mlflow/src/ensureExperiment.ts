import { type Experiment, foundExperiment, madeExperiment } from "./answers.ts";
import type { MlflowClient } from "./MlflowClient.ts";
import { MlflowError } from "./MlflowError.ts";

/** The id of the experiment of that name, which is made where there is none. May be called again after any failure. Throws an MlflowError. */
export async function ensureExperiment(client: MlflowClient, name: string): Promise<string> {
  const { experiment_id: id, lifecycle_stage: stage } = (await find(client, name)) ?? (await make(client, name));
  if (stage === "deleted") throw new MlflowError(`the experiment ${name} is deleted on the server; restore it there or take another one`);
  return id;
}

async function find(client: MlflowClient, name: string): Promise<Experiment | undefined> {
  try {
    const found = await client.get("experiments/get-by-name", { experiment_name: name }, foundExperiment);
    return found.experiment;
  } catch (error) {
    if (error instanceof MlflowError && error.code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}

async function make(client: MlflowClient, name: string): Promise<Experiment> {
  try {
    return await client.post("experiments/create", { name }, madeExperiment);
  } catch (error) {
    // Another run has made it in the meantime.
    const made = error instanceof MlflowError && error.code === "RESOURCE_ALREADY_EXISTS" ? await find(client, name) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}
