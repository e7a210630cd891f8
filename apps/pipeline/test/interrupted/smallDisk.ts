// A file system of a few kilobytes in memory, where this machine lets us mount one.
import { execFileSync } from "node:child_process";
import { afterAll } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";

const mounted: string[] = [];

afterAll(() => {
  for (const folder of mounted) execFileSync("umount", ["-l", folder]);
});

/** Mounts one of so many bytes; undefined if that may not be done. */
export async function smallDisk(bytes: number): Promise<string | undefined> {
  const folder = await temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  mounted.push(folder);
  return folder;
}

/** From now on nothing can be written there, or can be again. */
export function setReadOnly(folder: string, readOnly: boolean): void {
  execFileSync("mount", ["-o", `remount,${readOnly ? "ro" : "rw"}`, folder]);
}
