// `pipeline init <data.csv>`.
import { access, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkValues } from "../check/checkConfig.ts";
import { configOf, propose } from "../init/propose.ts";
import { describeProposal } from "../init/describeProposal.ts";
import { formatJson } from "../init/formatJson.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { type ReadingFlags, readingOfFlags } from "./readingFlags.ts";

const ALREADY_THERE = "is already there; choose another with --out";

/** The flags of `init`. */
export interface InitFlags extends ReadingFlags {
  readonly label?: string;
  readonly out: string;
}

/** Looks at a table, writes a config for it that `run` takes, and prints what was decided and why. */
export async function initCommand(file: string, { label, out, ...reading }: InitFlags): Promise<void> {
  await access(out).then(
    () => Promise.reject(new PipelineError(EXIT.usage, `${out} ${ALREADY_THERE}`)),
    () => undefined,
  );
  const proposal = await propose(file, { label, reading: readingOfFlags(reading) });
  const config = configOf(proposal, out);
  const { exitCode, problems } = await checkValues(config, { file: out, directory: dirname(resolve(out)) });
  if (exitCode !== EXIT.done) {
    throw new PipelineError(exitCode, `${problems.join("\n")}\n${out} is not written, since a run of it would stop at this`);
  }
  await writeNew(out, `${formatJson(config)}\n`);
  process.stdout.write(`${describeProposal(proposal)}\n${out} is written; next: pipeline run ${out}\n`);
}

// A config that is there may be somebody's work.
async function writeNew(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, "wx");
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "EEXIST" ? ALREADY_THERE : `can't be written: ${message}`;
    throw new PipelineError(EXIT.usage, `${path} ${why}`, { cause });
  }
}
