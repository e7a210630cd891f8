// The checkpoints of a run: one file each, named by its position, of which the last few are kept.
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { writeFileAtomically } from "../files/writeFileAtomically.ts";
import type { Position } from "./Checkpoint.ts";

const NAME = /^epoch-(\d+)-batch-(\d+)\.safetensors$/;

const BEST_NAME = "best.safetensors";

/** A checkpoint's file. */
export interface CheckpointFile {
  /** Absolute. */
  readonly path: string;
  readonly position: Position;
}

/** Writes checkpoints to a folder. */
export class CheckpointFolder {
  readonly #folder: string;
  readonly #keep: number;

  /** Keeps the last `keep` checkpoints in `folder`, which need not be there. */
  constructor(folder: string, keep: number) {
    this.#folder = folder;
    this.#keep = keep;
  }

  /** Writes the checkpoint at `position`, reads it back, and only then removes what is too old; returns its path. Throws a PipelineError that names path and size. */
  async save(position: Position, bytes: Uint8Array): Promise<string> {
    const path = await this.#write(nameOf(position), bytes);
    const files = await listCheckpoints(this.#folder);
    for (const { path: old } of files.slice(this.#keep)) await rm(old, { force: true }).catch(() => undefined);
    return path;
  }

  /** Writes the model of the best epoch so far. Throws a PipelineError as {@link save} does. */
  async saveBest(bytes: Uint8Array): Promise<void> {
    await this.#write(BEST_NAME, bytes);
  }

  async #write(name: string, bytes: Uint8Array): Promise<string> {
    const path = join(this.#folder, name);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFileAtomically(path, bytes, { verify: true });
      return path;
    } catch (cause) {
      const what = `the checkpoint ${path} (${bytes.length} bytes) can't be written: ${(cause as Error).message}`;
      throw new PipelineError(EXIT.unexpected, what, { cause });
    }
  }
}

/** The checkpoints in `folder`, the latest first; none if it isn't there. What a killed run has left half written is removed. */
export async function listCheckpoints(folder: string): Promise<CheckpointFile[]> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isLeftover)) await rm(join(folder, name), { force: true }).catch(() => undefined);
  return names
    .flatMap((name) => {
      const [match, epoch, batch] = NAME.exec(name) ?? [];
      return match === undefined ? [] : [{ path: join(folder, name), position: { epoch: Number(epoch), batch: Number(batch) } }];
    })
    .toSorted((one, other) => other.position.epoch - one.position.epoch || other.position.batch - one.position.batch);
}

function isLeftover(name: string): boolean {
  return name.includes(".safetensors.partial-");
}

function nameOf({ epoch, batch }: Position): string {
  return `epoch-${String(epoch).padStart(6, "0")}-batch-${String(batch).padStart(6, "0")}.safetensors`;
}
