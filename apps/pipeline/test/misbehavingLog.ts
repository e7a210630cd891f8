// The sink in plugins/misbehaving.mjs: how a test's config gets it, and what it has written down.
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The name by which a config beside it uses the sink. */
export const MISBEHAVING = "./misbehaving.mjs";

/** Puts the sink into a config's folder. */
export async function addMisbehaving(folder: string): Promise<void> {
  await copyFile(new URL("plugins/misbehaving.mjs", import.meta.url), join(folder, "misbehaving.mjs"));
}

/** The lines of its log: `open`, a line an event, `close <reason>`. */
export async function readMisbehavingLog(folder: string): Promise<string[]> {
  return (await readFile(join(folder, "misbehaving.log"), "utf8")).trimEnd().split("\n");
}

/** An event as the sink has logged it: when its write came back, in milliseconds. */
export interface LoggedWrite {
  readonly sequence: number;
  readonly type: string;
  readonly doneAt: number;
}

/** The writes among the lines of its log. */
export async function readLoggedWrites(folder: string): Promise<LoggedWrite[]> {
  const lines = (await readMisbehavingLog(folder)).filter((line) => /^\d/.test(line)).map((line) => line.split(" "));
  return lines.map(([sequence, type, doneAt]) => ({ sequence: Number(sequence), type, doneAt: Number(doneAt) }));
}
