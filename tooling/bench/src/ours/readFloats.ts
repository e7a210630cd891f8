import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The f32 of a file. */
export async function readFloats(folder: string, file: string): Promise<Float32Array<ArrayBuffer>> {
  // Copied, since a small file may be read into a part of a larger buffer.
  return new Float32Array(new Uint8Array(await readFile(join(folder, file))).buffer);
}
