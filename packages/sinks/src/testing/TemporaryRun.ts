// A run for a sink to live in while it is tested: folders of its own and a terminal that remembers.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunContext } from "../contract/Sink.ts";

/** A context and what was written to its terminal. */
export interface TemporaryRun {
  readonly context: RunContext;
  terminalText(): string;
}

/** Calls `use` with a run whose folders exist for as long as the call takes; nobody watches its terminal, 80 columns wide and without colour. */
export async function withTemporaryRun<Value>(use: (run: TemporaryRun) => Promise<Value>, id = "sample"): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "downhill-sink-"));
  try {
    const [directory, configDirectory] = [join(folder, "run"), join(folder, "config")];
    await mkdir(directory);
    await mkdir(configDirectory);
    let text = "";
    const terminal = { write: (written: string) => void (text += written), interactive: false, colour: false, columns: 80 };
    return await use({ context: { run: id, directory, configDirectory, terminal }, terminalText: () => text });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
