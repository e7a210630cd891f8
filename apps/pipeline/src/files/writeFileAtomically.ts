import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

const BLOCK = 1 << 20;

/** How a file is written. */
export interface AtomicOptions {
  /** Reads the bytes back before the file takes its place: a disk that lies is found out while the old file is still there. */
  readonly verify?: boolean;
}

/** Writes `path` so that it is either as it was or complete, even after a crash: temporary file, fsync, rename, fsync of the folder. */
export async function writeFileAtomically(path: string, bytes: Uint8Array, { verify = false }: AtomicOptions = {}): Promise<void> {
  const temporary = `${path}.partial-${process.pid}`;
  try {
    const file = await open(temporary, "w+");
    try {
      await file.writeFile(bytes);
      await file.sync();
      if (verify) await readBack(file, bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function readBack(file: FileHandle, bytes: Uint8Array): Promise<void> {
  const block = Buffer.alloc(Math.min(BLOCK, bytes.length));
  for (let start = 0; start < bytes.length; start += block.length) {
    const expected = bytes.subarray(start, start + block.length);
    const { bytesRead } = await file.read(block, 0, expected.length, start);
    if (bytesRead !== expected.length || block.compare(expected, 0, expected.length, 0, expected.length) !== 0)
      throw new Error("what was read back is not what was written");
  }
}

/** Makes the names in a folder last; Windows can neither open a folder nor sync it, and need not. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
