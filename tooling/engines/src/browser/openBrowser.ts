// Browsers that are installed on this machine, started without a window and with a profile that is thrown away.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ARGUMENTS: Readonly<Record<string, (profile: string) => readonly string[]>> = {
  // Containers have no sandbox to offer and little shared memory.
  Chromium: (profile) => [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    `--user-data-dir=${profile}`,
  ],
  Firefox: (profile) => ["--headless", "--no-remote", "--profile", profile],
};

/** Opens `url` in browser `name`, the program at `path`; the returned function ends it. */
export function openBrowser(name: string, path: string, url: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const child: ChildProcess = spawn(path, [...ARGUMENTS[name](profile), url], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return async () => {
    child.kill("SIGKILL");
    await ended;
    // Its own processes may still write there for a moment.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
