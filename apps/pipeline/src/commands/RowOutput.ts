// Where rows of text go: standard output, at its reader's pace, or a file that is there only when it is complete.
import { once } from "node:events";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { syncFolder } from "../files/writeFileAtomically.ts";

/** Takes text, piece by piece; one of `finish` and `discard` ends it. */
export interface RowOutput {
  /** Resolves when the next piece may come. Rejects with the signal's reason when it is aborted meanwhile. */
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  /** Ends it after a fault; tells what has become of the `rows` that were written. */
  discard(rows: number): Promise<string>;
}

/** Standard output. */
export function standardOutput(signal: AbortSignal): RowOutput {
  return {
    async write(text) {
      if (process.stdout.write(text)) return;
      await once(process.stdout, "drain", { signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw error;
      });
    },
    finish: () => Promise.resolve(),
    discard: (rows) => Promise.resolve(`${rows === 0 ? "no rows were" : rows === 1 ? "1 row was" : `${rows} rows were`} written`),
  };
}

/**
 * A file: it is written under another name and renamed at the end, so that `out` is as it was or complete. Throws a PipelineError (usage)
 * where it can't be written, or where it is the file that is read.
 */
export async function fileOutput(out: string, input: string): Promise<RowOutput> {
  if (/\.gz$/i.test(out)) throw fault(out, "the rows are not compressed; give a name without .gz, or pipe them through gzip");
  const path = await existing(out);
  if (path !== undefined && path === (await existing(input))) throw fault(out, "it is the file that is read");
  if (path !== undefined && !(await stat(path)).isFile()) throw fault(out, "it is no regular file; leave --out out for standard output");
  return writing(out, path ?? resolve(out));
}

async function writing(out: string, path: string): Promise<RowOutput> {
  const temporary = `${path}.partial-${process.pid}`;
  const trying = async <Value>(action: Promise<Value>): Promise<Value> =>
    action.catch((cause: unknown) => {
      throw fault(out, (cause as Error).message, cause);
    });
  const file: FileHandle = await trying(open(temporary, "w"));
  return {
    write: (text) => trying(file.appendFile(text)),
    async finish() {
      await trying(file.sync());
      await trying(file.close());
      await trying(rename(temporary, path));
      await syncFolder(dirname(path));
    },
    async discard() {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
      return `${out} is not written`;
    },
  };
}

// A symbolic link stays one: what it points to is replaced.
async function existing(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

function fault(out: string, why: string, cause?: unknown): PipelineError {
  return new PipelineError(EXIT.usage, `--out ${out} can't be written: ${why}`, { cause });
}
