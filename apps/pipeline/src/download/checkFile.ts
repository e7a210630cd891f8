// Whether a file on disk is the one that its data set's list describes.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { DataSetFile } from "./dataSets.ts";

/** What a look at a file gives: its sha256 where it is right, and otherwise what is wrong with it. */
export type FileCheck = { readonly sha256: string } | { readonly wrong: string };

/** Reads the file at `path` and compares size and MD5; undefined if there is none. */
export async function checkFile(path: string, { bytes, md5 }: DataSetFile): Promise<FileCheck | undefined> {
  const size = await sizeOf(path);
  if (size === undefined) return undefined;
  if (size !== bytes) return { wrong: `has ${size} bytes, expected ${bytes}` };
  const hashes = { md5: createHash("md5"), sha256: createHash("sha256") };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hashes.md5.update(chunk);
    hashes.sha256.update(chunk);
  }
  const found = hashes.md5.digest("hex");
  return found === md5 ? { sha256: hashes.sha256.digest("hex") } : { wrong: `has MD5 ${found}, expected ${md5}` };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
