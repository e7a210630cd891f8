// `kill -9` at random moments, from before the first checkpoint to after the end; `pnpm soak kills` does 200 of them.
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { killAndResume, type KillProject, killProject } from "./killedRun.ts";

let project: KillProject;
beforeAll(async () => {
  project = await killProject(await temporaryFolder());
}, 60_000);

test("20 runs killed at moments over their whole length end in the bits of the one that was not", { timeout: 280_000 }, async () => {
  const faults: (string | undefined)[] = [];
  for (let run = 0; run < 20; run += 1) {
    const moment = ((run + Math.random()) / 20) * project.durationMs * 1.05;
    faults.push(await killAndResume(project, `killed-${run}`, [moment]));
  }
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test("a run killed while it is gone on with, ten times over, does too", { timeout: 120_000 }, async () => {
  const moments = Array.from({ length: 10 }, () => (0.4 + 0.6 * Math.random()) * project.durationMs);
  expect(await killAndResume(project, "killed-often", moments)).toBeUndefined();
});
