import { readFile } from "node:fs/promises";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Checkpoint } from "./Checkpoint.ts";
import { listCheckpoints } from "./CheckpointFolder.ts";
import { decodeCheckpoint } from "./decodeCheckpoint.ts";

/** A checkpoint that was read, and what there is to say of later ones that could not be. */
export interface OpenedCheckpoint {
  readonly path: string;
  readonly checkpoint: Checkpoint;
  readonly notices: readonly string[];
}

/** Reads the latest checkpoint in `folder` that is whole; undefined if there are none. Throws a PipelineError (model) if none is whole. */
export async function openCheckpoint(folder: string): Promise<OpenedCheckpoint | undefined> {
  const failures: PipelineError[] = [];
  for (const { path } of await listCheckpoints(folder)) {
    try {
      const checkpoint = decodeCheckpoint(await read(path), path);
      return { path, checkpoint, notices: failures.map(({ message }) => `${message}; the one before it is used`) };
    } catch (cause) {
      if (!(cause instanceof PipelineError)) throw cause;
      failures.push(cause);
    }
  }
  if (failures.length === 0) return undefined;
  const [{ exitCode, message }] = failures;
  throw new PipelineError(exitCode, `${message}. To train from the beginning, remove ${folder}`, { cause: failures[0] });
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new PipelineError(EXIT.model, `${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}
