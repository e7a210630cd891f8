// A folder with the small table and a config for it, ready to be run.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SMALL_CONFIG, SMALL_TABLE } from "./smallTable.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

/** Makes a folder with `table.csv` and `config.json`, the small config with `changes` to its top level; other `files` by name. */
export async function smallProject(
  changes: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await temporaryFolder();
  const all = { "table.csv": SMALL_TABLE, "config.json": JSON.stringify({ ...SMALL_CONFIG, ...changes }), ...files };
  await Promise.all(Object.entries(all).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}
