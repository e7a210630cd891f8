import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "../../src/files/takeLock.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

test("a lock is taken once, and again when it has been released", async () => {
  const path = join(await temporaryFolder(), ".lock");
  const lock = await takeLock(path);
  expect(await takeLock(path)).toEqual({ holder: process.pid });
  if ("release" in lock) await lock.release();
  expect(existsSync(path)).toBe(false);
  expect(await takeLock(path)).toHaveProperty("release");
});

test.each(["", "no JSON", '{ "pid": 999999999 }', '{ "pid": -1 }', "7"])(
  "what no living process has written is taken over: %s",
  async (text) => {
    const path = join(await temporaryFolder(), ".lock");
    await writeFile(path, text);
    expect(await takeLock(path)).toHaveProperty("release");
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
  },
);

test.skipIf(!existsSync("/proc/self/stat"))(
  "a dead process that nobody has asked for holds no lock, and neither does one that began at another time",
  async () => {
    const path = join(await temporaryFolder(), ".lock");
    // The shell becomes a program that never asks for its child, which has ended.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    try {
      const [printed] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(printed.toString());
      const stat = (): Promise<string> => readFile(`/proc/${pid}/stat`, "utf8");
      await expect.poll(stat).toMatch(/\) Z /);
      const startedAt = (await stat()).split(") ")[1].split(" ")[19];
      await writeFile(path, JSON.stringify({ pid, startedAt }));
      expect(await takeLock(path)).toHaveProperty("release");
      await writeFile(path, JSON.stringify({ pid: process.pid, startedAt: "1" }));
      expect(await takeLock(path)).toHaveProperty("release");
    } finally {
      parent.kill();
    }
  },
);
