// `turbo run build`, heard only when it fails. Twenty milliseconds when everything is in turbo's cache.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Builds what `filter` names (everything by default) and leaves the process, with turbo's output shown, if that fails. */
export function quietBuild(filter?: string): void {
  const args = ["run", "build", "--output-logs=errors-only", "--ui=stream", ...(filter === undefined ? [] : [`--filter=${filter}`])];
  const { status, stdout, stderr, error } = spawnSync("turbo", args, {
    cwd: ROOT,
    encoding: "utf8",
    // The script that led here has verified the installation; without this every task would do so again, all at once.
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", pnpm_config_verify_deps_before_run: "false" },
    shell: process.platform === "win32",
  });
  // A turbo that could not be started leaves no status.
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error === undefined ? "" : `${error.message}\n`}the build failed\n`);
  process.exit(1);
}
