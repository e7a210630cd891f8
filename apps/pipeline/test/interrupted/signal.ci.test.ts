// SIGINT at moments over the whole of a run's beginning; `pnpm soak signals` does 500 of them.
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { endBySignal, endlessProject, type Ended } from "./endedRun.ts";

test("20 runs ended by SIGINT leave a readable events.ndjson that ends with runCompleted", { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  await endlessProject(folder);
  const ended: Ended[] = [];
  for (let run = 0; run < 20; run += 1) ended.push(await endBySignal(folder, `ended-${run}`, (run + Math.random()) / 20));
  expect(ended.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  expect(ended.filter(({ begun }) => begun).length).toBeGreaterThan(0);
});
