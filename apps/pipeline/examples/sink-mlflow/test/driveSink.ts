// Drives the sink through events as the host does, against a fake server, without the host's patience.
import type { TrainingEvent } from "@downhill/sinks";
import { metricsOf } from "../src/metricsOf.ts";
import { MlflowSink } from "../src/MlflowSink.ts";
import type { Pace } from "../src/pace.ts";
import type { StoredMetric } from "./ServerState.ts";

/** Tries again at once, and gives up so late that only a hopeless fault is one. */
export const FAST: Pace = { requestMs: 10_000, pausesMs: [1, 2, 4], giveUpMs: 20_000, sendMs: 60_000 };

/** How to drive. */
export interface Drive {
  readonly url: string;
  readonly pace?: Pace;
  /** A flush after so many events, so that a small run needs several requests. */
  readonly flushEvery?: number;
  /** Of a run that is gone on with. */
  readonly history?: readonly TrainingEvent[];
  readonly options?: { readonly token?: string; readonly runName?: string; readonly tags?: Record<string, string> };
}

/** Opens a sink, writes the events, flushes and closes it. */
export async function driveSink(events: readonly TrainingEvent[], drive: Drive): Promise<void> {
  const { url, pace = FAST, flushEvery = Infinity, history, options } = drive;
  const context = history && {
    async *history() {
      yield* history;
    },
  };
  const sink = await MlflowSink.open({ trackingUri: url, experiment: "Downhill", ...options }, context ?? {}, pace);
  for (const [index, event] of events.entries()) {
    await sink.write(event);
    if ((index + 1) % flushEvery === 0) await sink.flush();
  }
  const last = events.at(-1);
  await sink.flush();
  await sink.close(last?.type === "runCompleted" ? last.reason : "failed");
}

/** The finite metrics of the events, in an order of their own. */
export function expectedMetrics(events: readonly TrainingEvent[]): string[] {
  return inOrder(events.flatMap(metricsOf).filter(({ value }) => Number.isFinite(value)));
}

/** Metrics as lines that can be compared, in an order that doesn't depend on how they were sent. */
export function inOrder(metrics: readonly StoredMetric[]): string[] {
  return metrics.map(({ key, step, value, timestamp }) => `${key} ${step} ${value} ${timestamp}`).toSorted();
}
