// One file from the first mirror that has it: into a `.part` beside it, which a later attempt goes on with, checked as it
// lies on disk, then renamed.
import { constants } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { syncFolder } from "../files/writeFileAtomically.ts";
import { checkFile } from "./checkFile.ts";
import type { DataSetFile } from "./dataSets.ts";
import { openRemote } from "./openRemote.ts";

/** Of one mirror, as long as each brings something. */
const ATTEMPTS = 5;

/** How a download is made. */
export interface DownloadOptions {
  /** Addresses that the file's name is appended to, tried in this order. */
  readonly mirrors: readonly string[];
  readonly signal: AbortSignal;
  /** How long a server may be silent; 30,000 by default. */
  readonly stallMs?: number;
  /** Told how many bytes of the file are there. */
  progress?(file: DataSetFile, done: number): void;
  /** Told, in a line, what did not go as it should and was mended. */
  notice?(line: string): void;
}

/** A file that was downloaded and is right. */
export interface DownloadedFile {
  readonly sha256: string;
  /** Where the last of its bytes came from. */
  readonly url: string;
}

/**
 * Puts the file at `path`, over whatever is there, once it is whole and right. Throws a PipelineError (data) if no mirror
 * gives it, whatever the disk says, and the signal's reason; what came so far stays for the next attempt.
 */
export async function downloadFile(path: string, file: DataSetFile, options: DownloadOptions): Promise<DownloadedFile> {
  const part = `${path}.part`;
  let failure = "";
  for (const mirror of options.mirrors) {
    if (failure !== "") options.notice?.(`${failure}; trying the next mirror`);
    const url = new URL(file.name, mirror.endsWith("/") ? mirror : `${mirror}/`).href;
    const result = await fromMirror(part, file, url, options);
    if ("sha256" in result) {
      await rename(part, path);
      await syncFolder(dirname(path));
      return { sha256: result.sha256, url };
    }
    failure = `${url}  ${result.reason}`;
  }
  throw new PipelineError(
    EXIT.data,
    `${failure}\n${path} could not be had; try again later, give a mirror with --from, or put it there yourself`,
  );
}

type Attempt = { readonly sha256: string } | { readonly reason: string };

async function fromMirror(part: string, file: DataSetFile, url: string, options: DownloadOptions): Promise<Attempt> {
  let reason = "";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { resumed, gained, failed } = await transfer(part, file, url, options);
    if (failed !== undefined) {
      reason = failed;
      // What was cut off is gone on with; who sent nothing now has nothing to send.
      if (gained === 0) break;
      continue;
    }
    const check = await checkFile(part, file);
    if (check !== undefined && "sha256" in check) return check;
    await rm(part, { force: true });
    reason = check?.wrong ?? "was removed while it was written";
    // The part that was there before may be at fault: once more from the start.
    if (!resumed) break;
  }
  return { reason };
}

interface Transfer {
  /** Whether bytes of an earlier attempt were kept. */
  readonly resumed: boolean;
  /** Bytes that this attempt has brought. */
  readonly gained: number;
  /** Why the far end did not give the rest. */
  readonly failed?: string;
}

async function transfer(part: string, file: DataSetFile, url: string, options: DownloadOptions): Promise<Transfer> {
  const { signal, stallMs = 30_000, progress } = options;
  const handle = await open(part, constants.O_RDWR | constants.O_CREAT);
  let gained = 0;
  let offset = (await handle.stat()).size;
  let resumed = offset > 0;
  try {
    // A longer part is not of this file; one that is as long as the file only has to be checked.
    if (offset > file.bytes) {
      offset = 0;
      resumed = false;
      await handle.truncate(0);
    }
    if (offset < file.bytes) {
      const remote = await openRemote({ url, offset, bytes: file.bytes, signal, stallMs });
      let position = remote.start;
      resumed = position > 0;
      for await (const chunk of remote.chunks) {
        if (position === 0 && offset > 0) await handle.truncate(0);
        if (position + chunk.length > file.bytes) throw new PipelineError(EXIT.data, `sends more than the ${file.bytes} bytes expected`);
        await writeWhole(handle, chunk, position);
        position += chunk.length;
        gained += chunk.length;
        progress?.(file, position);
      }
      if (position < file.bytes) throw new PipelineError(EXIT.data, `the connection ended after ${position} of ${file.bytes} bytes`);
      await handle.sync();
    }
    return { resumed, gained };
  } catch (error) {
    if (!(error instanceof PipelineError) || signal.aborted) throw error;
    return { resumed, gained, failed: error.message };
  } finally {
    const { size } = await handle.stat();
    await handle.close();
    if (size === 0) await rm(part, { force: true });
  }
}

// A nearly full disk takes a piece of what it is given, and refuses the rest only at the next call.
async function writeWhole(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    written += (await handle.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
  }
}
