// The browsers that are looked for, by the programs that they may be installed as.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  Chromium: ["chromium", "chromium-browser", "google-chrome"],
  Firefox: ["firefox-esr", "firefox"],
};

/** The names of the browsers that are looked for. */
export const BROWSERS: readonly string[] = Object.keys(PROGRAMS);

/** The path of browser `name`; undefined where it is not installed. */
export function findBrowser(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return PROGRAMS[name].flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
