// Which files the samples come from, with their hashes: the manifest says exactly what a model was trained on.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { DataConfig } from "../config/Config.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { SourceFile } from "./protocol.ts";

/** Every data file of the config with its size and sha256, each once, in the order train, validation, test. Throws a PipelineError (data) if one can't be read. */
export async function sourceFiles(data: DataConfig): Promise<SourceFile[]> {
  const paths = [data.train, data.validation, data.test].flatMap((set) =>
    Object.entries(set ?? {}).flatMap(([key, value]) => (typeof value === "string" && key !== "label" ? [value] : [])),
  );
  return Promise.all([...new Set(paths)].map(digest));
}

async function digest(path: string): Promise<SourceFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new PipelineError(EXIT.data, missing ? `there is no file ${path}` : `${path} can't be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  return { path, bytes, sha256: hash.digest("hex") };
}
