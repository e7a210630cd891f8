// Browsers that are installed on this machine, started without a window and with a profile that is thrown away.
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A browser by name, the programs that it may be installed as, and how it takes a profile. */
interface Browser {
  readonly programs: readonly string[];
  arguments(profile: string): string[];
}

/** The browsers that are looked for. */
export const BROWSERS: Readonly<Record<string, Browser>> = {
  Chromium: {
    programs: ["chromium", "chromium-browser", "google-chrome"],
    // Containers have no sandbox to offer and little shared memory.
    arguments: (profile) => [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
      `--user-data-dir=${profile}`,
    ],
  },
  Firefox: {
    programs: ["firefox-esr", "firefox"],
    arguments: (profile) => ["--headless", "--no-remote", "--profile", profile],
  },
};

/** The path of browser `name`; undefined where it is not installed. */
export function findBrowser(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return BROWSERS[name].programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable);
}

/** Opens `url` in browser `name`, the program at `path`; the returned function ends it. */
export function openBrowser(name: string, path: string, url: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const child: ChildProcess = spawn(path, [...BROWSERS[name].arguments(profile), url], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return async () => {
    child.kill("SIGKILL");
    await ended;
    // Its own processes may still write there for a moment.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
