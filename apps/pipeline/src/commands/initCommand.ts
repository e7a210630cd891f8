// `pipeline init <data.csv>`.
import { open } from "node:fs/promises";
import { configOf, propose } from "../init/propose.ts";
import { describeProposal } from "../init/describeProposal.ts";
import { formatJson } from "../init/formatJson.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";

/** The flags of `init`. */
export interface InitFlags {
  readonly label?: string;
  readonly out: string;
}

/** Looks at a table, writes a config for it, and prints what was decided and why. */
export async function initCommand(file: string, { label, out }: InitFlags): Promise<void> {
  const proposal = await propose(file, label);
  await writeNew(out, `${formatJson(configOf(proposal, out))}\n`);
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
    const why = code === "EEXIST" ? "is already there; choose another with --out" : `can't be written: ${message}`;
    throw new PipelineError(EXIT.usage, `${path} ${why}`, { cause });
  }
}
