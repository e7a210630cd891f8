// `pnpm soak [part…] [--slice 1/8]`: the large counts, part after part, on the built packages. Exits 1 if one fails.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { quietBuild, ROOT } from "./quietBuild.ts";

/** The parts by name; each is a program that takes `--slice`. */
const PARTS: Readonly<Record<string, string>> = {
  math: "packages/linalg/test/soak/math.ts",
  kernels: "packages/linalg/test/soak/kernels.ts",
  kills: "apps/pipeline/test/soak/kills.ts",
  signals: "apps/pipeline/test/soak/signals.ts",
  mutations: "apps/pipeline/test/soak/mutations.ts",
  csv: "packages/data/test/soak/csv.ts",
  stream: "apps/pipeline/test/soak/stream.ts",
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { slice: { type: "string" } } });
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`there is no soak named ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}\n`);
  process.exit(2);
}
quietBuild();
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  const args = ["--import", "tsx", join(ROOT, PARTS[name]), ...(values.slice === undefined ? [] : ["--slice", values.slice])];
  // In the root, where Node finds tsx.
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
