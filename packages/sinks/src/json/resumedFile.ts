// A file that an interrupted run wrote to, made to hold the run's history and nothing beyond it: what else was told will be
// told again. Lines of other runs, and what is no event, stay.
import type { FileHandle } from "node:fs/promises";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { fromLine } from "./line.ts";

/** Cuts the file behind `run`'s events up to number `recorded`, whole lines only; returns the number of the last that it holds, −1 if none. */
export async function cutBack(handle: FileHandle, run: string, recorded: number): Promise<number> {
  const lines = (await handle.readFile("utf8")).split("\n").slice(0, -1);
  let [held, bytes] = [-1, 0];
  for (const line of lines) {
    const event = eventOf(line);
    if (event?.run === run) {
      if (event.sequence > recorded) break;
      held = event.sequence;
    }
    bytes += Buffer.byteLength(line) + 1;
  }
  await handle.truncate(bytes);
  return held;
}

function eventOf(line: string): TrainingEvent | undefined {
  try {
    return fromLine(line);
  } catch {
    return undefined;
  }
}
