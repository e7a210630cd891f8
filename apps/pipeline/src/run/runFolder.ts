// A run's folder. It is prepared under another name with its manifest and renamed into place, so that a folder with a
// run's name always holds a run; nothing that is there is touched unless it is a run of ours and that was asked for.
import { randomUUID } from "node:crypto";
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
export const RUN_FILES = {
  manifest: "manifest.json",
  events: "events.ndjson",
  model: "model.safetensors",
  checkpoints: "checkpoints",
  /** What a run came to, once it is finished. */
  result: "result.json",
  /** There while a process trains the run. */
  lock: ".lock",
  plots: "plots",
} as const;

/** Throws a PipelineError (usage) if the folder that `out` names may not be used; a run asks before it reads any data. */
export async function checkOut({ out, overwrite = false }: RunFolderOptions): Promise<void> {
  if (out === undefined) return;
  const folder = resolve(out);
  if ((await list(folder)).length === 0 || (overwrite && (await holdsRun(folder)))) return;
  const remedy = overwrite ? "--overwrite replaces only a run folder" : "choose another --out, or add --overwrite if it is an old run";
  throw new PipelineError(EXIT.usage, `--out ${out} is not empty; ${remedy}`);
}

/** Makes the run's folder, complete with its manifest, at once, and returns its absolute path. Throws a PipelineError (usage) if it can't be made. */
export async function createRunFolder(manifest: Manifest, options: RunFolderOptions): Promise<string> {
  const wanted = resolve(options.out ?? join("runs", `${fileTime(manifest.startedAt)}-${manifest.name}`));
  const partial = join(dirname(wanted), `.${basename(wanted)}.partial-${randomUUID().slice(0, 8)}`);
  try {
    await makeFolder(partial);
    await writeFile(join(partial, RUN_FILES.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
    return await (options.out === undefined ? placeBeside(partial, wanted) : placeAt(partial, wanted, options));
  } catch (cause) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    if (cause instanceof PipelineError) throw cause;
    throw new PipelineError(EXIT.usage, `the run folder ${wanted} can't be made: ${(cause as Error).message}`, { cause });
  }
}

/** Makes a folder and those above it, one at a time: a recursive mkdir below /proc never returns. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(folder) === folder) throw cause;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

async function placeAt(partial: string, folder: string, options: RunFolderOptions): Promise<string> {
  if (await place(partial, folder)) return folder;
  await checkOut(options);
  const old = `${partial}.old`;
  await rename(folder, old);
  await rename(partial, folder);
  await rm(old, { recursive: true });
  return folder;
}

// Runs of one name that start within a second are told apart by a number.
async function placeBeside(partial: string, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    if (await place(partial, folder)) return folder;
  }
}

// False where a folder stands that is not empty: a rename over it fails, whoever has made it a moment ago.
async function place(partial: string, folder: string): Promise<boolean> {
  try {
    await rename(partial, folder);
    return true;
  } catch (cause) {
    if ((await list(folder)).length === 0) throw cause;
    return false;
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
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw new PipelineError(EXIT.usage, `${folder}: ${code === "ENOTDIR" ? "this is not a folder" : message}`, { cause });
  }
}

// Without what file systems dislike: 2026-11-22T14-30-05.
function fileTime(iso: string): string {
  return iso.slice(0, 19).replaceAll(":", "-");
}
