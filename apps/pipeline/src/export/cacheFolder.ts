// Where programs keep what can be fetched again, as each system has it.
import { homedir } from "node:os";
import { join } from "node:path";

/** The folder for what is fetched on demand; it may not be there yet, and may be deleted at any time. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment;
  if (xdg !== undefined && xdg !== "") return join(xdg, "downhill");
  if (process.platform === "win32" && local !== undefined) return join(local, "downhill", "cache");
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches", "downhill") : join(homedir(), ".cache", "downhill");
}
