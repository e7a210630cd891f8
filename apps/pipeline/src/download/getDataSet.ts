// A data set into a folder: files that are there and right are left alone, the others downloaded one after another.
import { join } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { makeFolder } from "../run/runFolder.ts";
import { checkFile } from "./checkFile.ts";
import type { DataSet, DataSetFile } from "./dataSets.ts";
import { downloadFile, type DownloadOptions } from "./downloadFile.ts";
import { lockFolder } from "./lockFolder.ts";

/** How a data set is got. */
export interface GetOptions extends Omit<DownloadOptions, "mirrors"> {
  /** Where the files shall be; made if it is not there. */
  readonly folder: string;
  /** Addresses to try instead of the data set's own. */
  readonly mirrors?: readonly string[];
}

/** A file in its place. */
export interface PlacedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Where it was downloaded from; absent where it had been there. */
  readonly from?: string;
}

/** Resolves when every file is in its place and right. Throws a PipelineError for what a person can mend, and the signal's reason. */
export async function getDataSet(dataSet: DataSet, options: GetOptions): Promise<PlacedFile[]> {
  const { folder, signal, notice } = options;
  try {
    // Where nothing is missing nothing is written, not even a lock.
    const there = await Promise.all(dataSet.files.map((file) => onDisk(join(folder, file.name), file)));
    if (there.every((file) => file !== undefined)) return there;
    await makeFolder(folder);
    const waiting = (process: number): void => notice?.(`process ${process} is downloading into ${folder}; waiting for it`);
    const release = await lockFolder(folder, { signal, waiting });
    try {
      const placed: PlacedFile[] = [];
      for (const file of dataSet.files) placed.push(await place(join(folder, file.name), file, dataSet, options));
      return placed;
    } finally {
      await release();
    }
  } catch (error) {
    throw diskError(error, folder);
  }
}

async function place(path: string, file: DataSetFile, { mirrors }: DataSet, options: GetOptions): Promise<PlacedFile> {
  const there = await onDisk(path, file, options.notice);
  if (there !== undefined) return there;
  const { sha256, url } = await downloadFile(path, file, { mirrors, ...options });
  return { path, bytes: file.bytes, sha256, from: url };
}

async function onDisk(path: string, file: DataSetFile, notice?: GetOptions["notice"]): Promise<PlacedFile | undefined> {
  const check = await checkFile(path, file);
  if (check === undefined) return undefined;
  if ("sha256" in check) return { path, bytes: file.bytes, sha256: check.sha256 };
  notice?.(`${path} ${check.wrong}; it is replaced`);
  return undefined;
}

function diskError(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof PipelineError || code === undefined) return error;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new PipelineError(EXIT.data, `${folder}: the disk is full; make room, and the same command goes on where this one stopped`, {
      cause: error,
    });
  }
  return new PipelineError(EXIT.usage, `the data can't be written to ${folder}: ${message}`, { cause: error });
}
