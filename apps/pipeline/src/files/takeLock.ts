// A lock as a file that names the process which holds it, so that one that a killed process left behind is known as such and
// taken over.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a lock's file may be empty while it is made. */
const WRITTEN_WITHIN_MS = 200;

/** A lock that was taken, or the process that has it. */
export type Lock = { readonly release: () => Promise<void> } | { readonly holder: number };

/** Takes the lock at `path` unless a living process has it. */
export async function takeLock(path: string): Promise<Lock> {
  for (;;) {
    if (await make(path)) return { release: () => rm(path, { force: true }) };
    const text = await contents(path);
    const { pid = 0, startedAt } = parse(text);
    if (pid > 0 && isAlive(pid) && (await startOf(pid)) === startedAt) return { holder: pid };
    await removeIfStill(path, text);
  }
}

async function make(path: string): Promise<boolean> {
  try {
    const startedAt = await startOf(process.pid);
    await writeFile(path, JSON.stringify({ pid: process.pid, startedAt }), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function contents(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (text !== "") return text;
  await sleep(WRITTEN_WITHIN_MS);
  return readFile(path, "utf8").catch(() => "");
}

// Renamed first: of two processes that find a dead one's lock, only one has it in its hands, and a new lock is not removed.
async function removeIfStill(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8").catch(() => text)) !== text)
    await writeFile(path, await readFile(aside), { flag: "wx" }).catch(() => undefined);
  await rm(aside, { force: true });
}

function parse(text: string): { readonly pid?: number; readonly startedAt?: string } {
  try {
    return JSON.parse(text) as { pid?: number; startedAt?: string };
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

// Process numbers are given out again, in a container soon: where the system tells when a process began, that is compared too. One that
// is dead and whose parent has not asked for it (in a container that may be for ever) has never begun.
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // From the third field on: the second, the name in parentheses, may hold spaces.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, start] = [fields?.[0], fields?.[19]];
  return state === "Z" ? "never" : start;
}
