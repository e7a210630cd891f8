// The sink of docs/write-a-sink.md, as a reader would try it: in a run, in one that was interrupted, in a replay, and under the suite.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SinkPlugin } from "@downhill/sinks";
import { testSink } from "@downhill/sinks/testing";
import { describe, expect, test } from "vitest";
import { pipeline, ROOT } from "../command.ts";
import { endAfter, resumeWell } from "../interrupted/interruptedProject.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const page = await readFile(join(ROOT, "docs", "write-a-sink.md"), "utf8");
const [, program] = /```ts\n([^]*?)```/.exec(page) ?? ["", ""];

async function bestOf(runDir: string): Promise<string> {
  const epochs = eventsOf(await readEvents(runDir), "epochCompleted");
  const best = epochs.reduce((one, other) => (other.cost < one.cost ? other : one));
  return `${best.epoch} ${best.cost}\n`;
}

test.concurrent("in a run and in a replay", async () => {
  const folder = await smallProject({ sinks: [{ use: "./best-epoch.ts" }] }, { "best-epoch.ts": program });
  const { exitCode, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^best epoch \d+, finished\n$/)]);
  const best = await bestOf(join(folder, "run"));
  expect(await readFile(join(folder, "run", "best.txt"), "utf8")).toBe(best);
  await pipeline(["replay", "run", "--sink", "./best-epoch.ts", "--out", "again"], { cwd: folder });
  expect(await readFile(join(folder, "again", "best.txt"), "utf8")).toBe(best);
});

test.concurrent("in a run that was killed and gone on with", async () => {
  const folder = await smallProject(
    { batchSize: 5, checkpoint: { everyBatches: 4 }, sinks: [{ use: "./best-epoch.ts" }, endAfter(15)] },
    { "best-epoch.ts": program },
  );
  await copyFile(new URL("../plugins/endOnce.mjs", import.meta.url), join(folder, "endOnce.mjs"));
  expect((await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder })).exitCode).toBeNull();
  await resumeWell(join(folder, "run"));
  expect(await readFile(join(folder, "run", "best.txt"), "utf8")).toBe(await bestOf(join(folder, "run")));
});

describe("under the suite", async () => {
  const file = join(await temporaryFolder(), "best-epoch.ts");
  await writeFile(file, program);
  const { default: plugin } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: SinkPlugin<object> };
  testSink(plugin, { test, options: {} });
});
