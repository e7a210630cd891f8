// What the sink needs of MLflow's answers. A server that answers otherwise is no MLflow, whatever its status says. Empty lists are left out.
import { z } from "zod";

/** An experiment; it may be one that was deleted, and keeps its name. */
export interface Experiment {
  readonly experiment_id: string;
  readonly lifecycle_stage?: string | undefined;
}

/** What a run holds: the latest value of each metric, by step, and its params. */
export interface RunData {
  readonly metrics?: readonly { readonly key: string; readonly step?: number | string | undefined }[] | undefined;
  readonly params?: readonly { readonly key: string }[] | undefined;
}

/** A run on the server. */
export interface ServerRun {
  readonly info: { readonly run_id: string; readonly status?: string | undefined };
  readonly data?: RunData | undefined;
}

const experiment = z.object({ experiment_id: z.string(), lifecycle_stage: z.string().optional() });

const run = z.object({
  info: z.object({ run_id: z.string(), status: z.string().optional() }),
  data: z
    .object({
      // Old servers write 64-bit integers as text.
      metrics: z.array(z.object({ key: z.string(), step: z.union([z.number(), z.string()]).optional() })).optional(),
      params: z.array(z.object({ key: z.string() })).optional(),
    })
    .optional(),
});

/** Of experiments/get-by-name. */
export const foundExperiment: z.ZodType<{ readonly experiment: Experiment }> = z.object({ experiment });

/** Of experiments/create. */
export const madeExperiment: z.ZodType<Experiment> = experiment;

/** Of runs/search. */
export const foundRuns: z.ZodType<{ readonly runs?: readonly ServerRun[] | undefined }> = z.object({ runs: z.array(run).optional() });

/** Of runs/create and runs/get. */
export const oneRun: z.ZodType<{ readonly run: ServerRun }> = z.object({ run });

/** Of calls that only do something. */
export const anything: z.ZodType = z.unknown();
