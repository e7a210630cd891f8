// What an interrupted run had told, out of its events.ndjson: which facts must not be told again, and where the file goes on.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { RunCompleted, TrainingEvent, TrainingFact } from "@downhill/sinks";
import { fromLine } from "@downhill/sinks/json";
import type { TrainerFact } from "../trainer/protocol.ts";

/** The recorded part of a run. */
export interface Recorded {
  /** The number of the next event. */
  readonly next: number;
  /** How many of the facts before the first epoch were told. */
  readonly opening: number;
  /** How the run ended, if it said so. */
  readonly completed: RunCompleted | undefined;
  /** Bytes of the file that are kept: whole lines, without those that tell of the end. */
  readonly bytes: number;
  /** Whether a fact of the trainer was told. */
  wasTold(fact: TrainerFact): boolean;
}

const NEWLINE = 10;

/** Reads the events at `path`; a last line that was cut short is not counted. Throws a SinkError at a line that is no event. */
export async function readRecorded(path: string): Promise<Recorded> {
  let [next, opening, bytes] = [0, 0, 0];
  let told: Told = [0, 0, 0];
  let [opened, ending] = [false, false];
  let completed: RunCompleted | undefined;
  for await (const { event, end } of eventsOf(path)) {
    completed = event.type === "runCompleted" ? event : undefined;
    // What the trained model is and says is told at the end, and this was not the end.
    ending ||= (event.type === "weightsShown" || event.type === "samplesPredicted") && event.epoch === undefined;
    if (ending || completed !== undefined) continue;
    const place = placeOf(event);
    if (place !== undefined) told = place;
    opened ||= place !== undefined || event.type === "checkpointSaved";
    if (!opened && event.type !== "sinkFailed") opening += 1;
    [next, bytes] = [event.sequence + 1, end];
  }
  const wasTold = (fact: TrainerFact): boolean => {
    const place = placeOf(fact);
    return place !== undefined && isUpTo(place, told);
  };
  return { next, opening, completed, bytes, wasTold };
}

// A place in the order of what training tells: the epoch, what of it, and the batch.
type Told = readonly [epoch: number, rank: number, batch: number];

const RANKS: Readonly<Record<string, number>> = { batchCompleted: 0, epochCompleted: 1, weightsShown: 2, samplesPredicted: 3 };

// Undefined for what has no place that would be the same if it were told again.
function placeOf(fact: TrainingFact): Told | undefined {
  if (!("epoch" in fact) || fact.epoch === undefined || !(fact.type in RANKS)) return undefined;
  return [fact.epoch, RANKS[fact.type], "batch" in fact ? fact.batch : 0];
}

function isUpTo(place: Told, last: Told): boolean {
  const differing = place.findIndex((part, index) => part !== last[index]);
  return differing === -1 || place[differing] < last[differing];
}

/** Cuts `path` back to what {@link readRecorded} has counted. */
export async function keepRecorded(path: string, { bytes }: Recorded): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The first `bytes` of `path`, which end with a line, as events. */
export async function* history(path: string, bytes: number): AsyncGenerator<TrainingEvent> {
  if (bytes === 0) return;
  for await (const { event, end } of eventsOf(path)) {
    if (end > bytes) return;
    yield event;
  }
}

// Every event that ends with a newline, and where in the file that is.
async function* eventsOf(path: string): AsyncGenerator<{ readonly event: TrainingEvent; readonly end: number }> {
  let rest = Buffer.alloc(0);
  let start = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let newline = rest.indexOf(NEWLINE); newline !== -1; newline = rest.indexOf(NEWLINE, from)) {
      const line = rest.toString("utf8", from, newline);
      from = newline + 1;
      yield { event: fromLine(line), end: start + from };
    }
    start += from;
    rest = rest.subarray(from);
  }
}
