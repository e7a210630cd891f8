import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL("../../../../", import.meta.url));

/** What the program prints; throws with all that it said unless it ends with 0. */
export function run(cwd: string, program: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return stdout;
  throw new Error(`${program} ${parameters.join(" ")} in ${cwd} ended with ${status}\n${stdout}${stderr}${error?.message ?? ""}`);
}

/** The workspace's own copy of a program. */
export function workspaceProgram(name: string): string {
  return join(ROOT, "node_modules/.bin", name);
}
