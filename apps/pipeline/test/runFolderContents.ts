// What a run has left in its folder.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrainingEvent } from "@downhill/sinks";
import type { Manifest } from "../src/run/manifest.ts";

/** The events of a run folder, each line parsed as JSON. */
export async function readEvents(runDir: string): Promise<TrainingEvent[]> {
  const lines = (await readFile(join(runDir, "events.ndjson"), "utf8")).split("\n");
  if (lines.pop() !== "") throw new Error("the last line of events.ndjson has no newline");
  return lines.map((line) => JSON.parse(line) as TrainingEvent);
}

/** The events of one type. */
export function eventsOf<Type extends TrainingEvent["type"]>(
  events: readonly TrainingEvent[],
  type: Type,
): Extract<TrainingEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
}

/** The manifest of a run folder. */
export async function readManifest(runDir: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(runDir, "manifest.json"), "utf8")) as Manifest;
}

/** What a run of `epochs` epochs without sinks leaves in its folder. */
export function runFiles(epochs: number): string[] {
  const last = `checkpoints/epoch-${String(epochs).padStart(6, "0")}-batch-000000.safetensors`;
  return ["checkpoints", last, "events.ndjson", "manifest.json", "model.safetensors", "result.json"];
}

/** Every file below `folder`, hidden ones too, in order. */
export async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).toSorted();
}
