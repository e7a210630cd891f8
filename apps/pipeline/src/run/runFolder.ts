// A run's folder. It is prepared under another name with its manifest and renamed into place, so that a folder with a
// run's name always holds a run; nothing that is there is touched unless it is a run of ours and that was asked for.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { type Manifest, MANIFEST_FORMAT } from "./manifest.ts";

/** Where a run's folder shall be. */
export interface RunFolderOptions {
  /** The folder itself; `runs/<date-time>-<name>` where the user stands by default. */
  readonly out?: string;
  /** Replaces a folder that holds a run of ours. */
  readonly overwrite?: boolean;
}

/** The names of what a run folder holds. */
export const RUN_FILES = { manifest: "manifest.json", events: "events.ndjson", model: "model.safetensors", plots: "plots" } as const;

/** The folder that a run called `name`, started at `startedAt`, will get. Throws a PipelineError (usage) if something else is there. */
export async function chooseRunFolder(name: string, startedAt: Date, options: RunFolderOptions): Promise<string> {
  const { out, overwrite = false } = options;
  if (out === undefined) return freshFolder(join(resolve("runs"), `${fileTime(startedAt)}-${name}`));
  const folder = resolve(out);
  const entries = await list(folder);
  if (entries.length > 0 && !(overwrite && (await holdsRun(folder)))) {
    const remedy = overwrite ? "--overwrite replaces only a run folder" : "choose another --out, or add --overwrite if it is an old run";
    throw new PipelineError(EXIT.usage, `--out ${out} is not empty; ${remedy}`);
  }
  return folder;
}

/** Makes the folder, complete with its manifest, at once. */
export async function createRunFolder(folder: string, manifest: Manifest): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const partial = join(dirname(folder), `.${basename(folder)}.partial-${process.pid}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial);
  await writeFile(join(partial, RUN_FILES.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
  if ((await list(folder)).length > 0) {
    const old = `${partial}.old`;
    await rename(folder, old);
    await rename(partial, folder);
    await rm(old, { recursive: true });
  } else {
    await rename(partial, folder);
  }
}

async function freshFolder(wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    if ((await list(folder)).length === 0) return folder;
  }
}

async function holdsRun(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, RUN_FILES.manifest), "utf8").catch(() => "{}");
  try {
    return (JSON.parse(text) as { format?: unknown }).format === MANIFEST_FORMAT;
  } catch {
    return false;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new PipelineError(EXIT.usage, `${folder}: ${(cause as Error).message}`, { cause });
  }
}

// ISO 8601 in UTC without what file systems dislike: 2026-11-22T14-30-05.
function fileTime(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(":", "-");
}
