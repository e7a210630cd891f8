// Rivals from the npm registry are installed when a bench first needs them, into a cache that no commit holds: they are
// hundreds of megabytes, and no part of the workspace.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BenchError, EXIT } from "../BenchError.ts";
import { CACHE_FOLDER } from "../cacheFolder.ts";

/** npm packages with their exact versions; the first one is the rival, the others are what its users install with it. */
export type Packages = Readonly<Record<string, string>>;

/** How an installation is made. */
export interface InstallOptions {
  /** The folder that installations stand in. */
  readonly cache?: string;
  /** What is started in the folder of a new installation. */
  readonly command?: readonly [command: string, ...args: string[]];
}

// No install scripts: what they would fetch from elsewhere (CUDA for onnxruntime-node) is not wanted.
const NPM = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"] as const;

/** The folder that has the packages in its node_modules, installed now if it is not there. Throws a BenchError if that fails. */
export async function installRival(packages: Packages, { cache = CACHE_FOLDER, command = NPM }: InstallOptions = {}): Promise<string> {
  const [[name, version]] = Object.entries(packages);
  const folder = join(cache, `${name.replace("/", "+")}@${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  // Under another name until it is whole: an installation that was interrupted is never taken for one.
  const partial = await mkdtemp(join(cache, ".partial-"));
  try {
    await writeFile(join(partial, "package.json"), JSON.stringify({ private: true, dependencies: packages }));
    await install(partial, command);
    await rename(partial, folder);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    // Another bench was faster.
    if (existsSync(folder)) return folder;
    throw new BenchError(EXIT.failed, `${name} ${version} can't be installed (${(cause as Error).message})`, { cause });
  }
  return folder;
}

function install(cwd: string, [command, ...args]: readonly [string, ...string[]]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Standard output belongs to the report. npm is a script in Windows.
    const child = spawn(command, args, { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with exit code ${code}`))));
  });
}
