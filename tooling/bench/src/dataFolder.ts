// The folder of real data. A bench never measures on other data than it says.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BenchError, EXIT } from "./BenchError.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The path of `folder` within the real data. Throws a BenchError (data) if one of `files` is not in it. */
export function requireData(folder: string, files: readonly string[]): string {
  const path = resolve(ROOT, process.env["DOWNHILL_DATA"] || "../shared/data", folder);
  const missing = files.filter((file) => !existsSync(resolve(path, file)));
  if (missing.length === 0) return path;
  throw new BenchError(
    EXIT.data,
    `${path} lacks ${missing.join(", ")}; set DOWNHILL_DATA to the folder that has ${folder}/ in it. Nothing was measured.`,
  );
}
