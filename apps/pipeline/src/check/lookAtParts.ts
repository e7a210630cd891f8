// What can be said of a config's files and sinks one by one, even where the rest of it is wrong: it takes the values as
// they stand in the file, checked or not.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { KeyPath } from "../config/parseJsonc.ts";
import { PipelineError } from "../PipelineError.ts";
import { inspectSink } from "../sinks/inspectSink.ts";
import type { SinkConfig } from "../config/Config.ts";

/** A fault of the value at `path`. */
export interface PartProblem {
  /** The data file that it is about. */
  readonly file?: string;
  readonly path: KeyPath;
  readonly message: string;
}

const SETS = ["train", "validation", "test"] as const;
const FILE_KEYS = ["file", "features", "images", "labels"] as const;

/** A problem for each data file that is not there or can't be read. */
export async function lookAtFiles(root: unknown, directory: string): Promise<PartProblem[]> {
  const data = isRecord(root) && isRecord(root["data"]) ? root["data"] : {};
  const named = SETS.flatMap((set) => {
    const source = data[set];
    return FILE_KEYS.flatMap((key) => {
      const file = isRecord(source) ? source[key] : undefined;
      // A variable that is not set is a problem of its own.
      return typeof file === "string" && file !== "" && !file.includes("${") ? [{ path: ["data", set, key], file }] : [];
    });
  });
  const problems = await Promise.all(
    named.map(async ({ path, file }) => {
      const message = await fileFault(resolve(directory, file));
      return message === undefined ? [] : [{ path, message, file: resolve(directory, file) }];
    }),
  );
  return problems.flat();
}

/** A problem for each sink that can't be loaded, and each option that it doesn't take. */
export async function lookAtSinks(root: unknown, directory: string): Promise<PartProblem[]> {
  const sinks: unknown[] = isRecord(root) && Array.isArray(root["sinks"]) ? root["sinks"] : [];
  const problems = await Promise.all(
    sinks.map(async (sink, index) => {
      if (!isRecord(sink) || typeof sink["use"] !== "string" || sink["use"] === "" || sink["use"].includes("${")) return [];
      try {
        await inspectSink(sink as SinkConfig, index, directory);
        return [];
      } catch (error) {
        if (!(error instanceof PipelineError)) throw error;
        return error.message.split("\n").map((line) => partProblem(line, ["sinks", index]));
      }
    }),
  );
  return problems.flat();
}

/** The problem that a line like `model.layers.1  what is wrong` is about; `otherwise` where it names no key. */
export function partProblem(line: string, otherwise: KeyPath): PartProblem {
  const [, key, message] = /^([a-zA-Z]\w*(?:\.\w+)+) {2}(.*)$/s.exec(line) ?? [];
  if (key === undefined) return { path: otherwise, message: line };
  return { path: key.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)), message };
}

async function fileFault(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).isDirectory()) return `${path} is a folder, not a file`;
    await access(path, constants.R_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return `there is no file ${path}`;
    return code === "EACCES" ? `${path} may not be read` : message;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
