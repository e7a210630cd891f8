// The folder of real data, for tests that are skipped without it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = process.env["DOWNHILL_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));

/** The path of a file or folder of real data, or undefined when it is not there. */
export function realData(path: string): string | undefined {
  const whole = `${root}/${path}`;
  return existsSync(whole) ? whole : undefined;
}
