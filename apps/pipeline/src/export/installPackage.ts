// A package that one command in a hundred needs, and that is too large to come with every installation: npm puts it into the cache
// when it is first asked for.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { makeFolder } from "../run/runFolder.ts";

/** A package and where it goes. */
export interface PackageRequest {
  readonly name: string;
  /** Exact. */
  readonly version: string;
  /** The folder that installations stand in. */
  readonly cache: string;
  /** Told before anything is fetched. */
  notice(line: string): void;
}

// No scripts are run. A machine without a network learns so in seconds.
const NPM =
  "npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000".split(
    " ",
  );

/** The folder that has the package in its node_modules, fetched now if it is not there. Throws a PipelineError (data) if it can't be. */
export async function installPackage({ name, version, cache, notice }: PackageRequest): Promise<string> {
  const folder = join(cache, `${name}@${version}`);
  if (existsSync(folder)) return folder;
  notice(`fetching ${name} ${version} into ${folder}, once`);
  let partial: string | undefined;
  try {
    await makeFolder(cache);
    // Under another name until it is whole: an installation that was interrupted is never taken for one.
    partial = await mkdtemp(join(cache, ".partial-"));
    await writeFile(join(partial, "package.json"), JSON.stringify({ private: true, dependencies: { [name]: version } }));
    await npm(partial);
    await rename(partial, folder);
    return folder;
  } catch (cause) {
    if (partial !== undefined) await rm(partial, { recursive: true, force: true });
    // Another process was faster.
    if (existsSync(folder)) return folder;
    throw new PipelineError(EXIT.data, `${name} ${version} can't be fetched: ${(cause as Error).message}`, { cause });
  }
}

function npm(cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const [command, ...args] = NPM;
    // npm is a script in Windows.
    const child = spawn(command, args, { cwd, stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" });
    const said: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    child.once("error", (error: NodeJS.ErrnoException) => reject(new Error(error.code === "ENOENT" ? "there is no npm" : error.message)));
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(reasonOf(Buffer.concat(said).toString())))));
  });
}

// npm says an error's code, and then more than a line about it.
function reasonOf(said: string): string {
  const code = /^npm error code (\w+)/m.exec(said)?.[1];
  const first = /^npm error (?!code |errno |syscall )(.+)/m.exec(said)?.[1];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ECONNREFUSED")
    return `the registry can't be reached (${code}); is there a network?`;
  return [code, first].filter((part) => part !== undefined).join(": ") || "npm failed";
}
