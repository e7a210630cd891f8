// Numbers that every contestant reads from the same files: a folder of f32, little-endian, that lasts as long as the bench.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Bytes or numbers by the name of their file. */
export type InputFiles = Readonly<Record<string, Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>>;

/** Calls `use` with a temporary folder of `files`. */
export async function withInputs<Result>(files: InputFiles, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "downhill-bench-"));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Uniform in [-1/2, 1/2), none of them 0 and so none of them sparse; the same for the same seed. */
export function uniforms(length: number, seed: number): Float32Array<ArrayBuffer> {
  const next = generator(seed);
  return Float32Array.from({ length }, () => next() - 0.5);
}

/** N(0, stddev²) by Box and Muller's formula; the same for the same seed. */
export function normals(length: number, stddev: number, seed: number): Float32Array<ArrayBuffer> {
  const next = generator(seed);
  return Float32Array.from({ length }, () => stddev * Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()));
}

/** Uniform in (0, 1), the same for the same seed. */
export function generator(seed: number): () => number {
  // A counter whose bits are mixed: odd multiples of 2^-25, so that neither 0 nor 1/2 is among them.
  let counter = Math.imul(seed, 0x9e3779b9);
  return () => {
    counter = (counter + 0x6d2b79f5) | 0;
    let bits = Math.imul(counter ^ (counter >>> 15), counter | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (((bits ^ (bits >>> 14)) >>> 8) * 2 + 1) / 2 ** 25;
  };
}
