// What stands at the other end of a pipe: a reader that leaves early, and one that takes its time.
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { pipeline, startPipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_ROWS } from "../smallTable.ts";

let folder: string;
beforeAll(async () => {
  folder = await smallProject({ epochs: 2 });
  expect((await pipeline(["run", "config.json", "--quiet", "--out", "run"], { cwd: folder })).exitCode).toBe(0);
});

// More than a pipe holds.
const MANY = `${Array.from({ length: 20_000 }, (_, row) => SMALL_ROWS[row % 60].replace(/,[a-z]+$/, "")).join("\n")}\n`;

test.concurrent("predict | head -1 ends quietly, with 0", async () => {
  const { process: child, result } = startPipeline(["predict", "run", "-"], { cwd: folder, input: MANY });
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect(await result).toMatchObject({ exitCode: 0, stderr: "" });
});

test.concurrent("a json sink | head -1 ends quietly, with 0", async () => {
  const args = ["run", "config.json", "--out", "head", "--set", "epochs=10000000", "--set", 'sinks=[{"use":"json"}]'];
  const { process: child, result } = startPipeline(args, { cwd: folder });
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect(await result).toMatchObject({ exitCode: 0, stderr: "" });
});

test.concurrent("a reader that takes its time gets every line", async () => {
  const { process: child, result } = startPipeline(["predict", "run", "-"], { cwd: folder, input: MANY });
  await once(child.stdout, "data");
  child.stdout.pause();
  await sleep(300);
  child.stdout.resume();
  const { exitCode, stdout } = await result;
  expect(exitCode).toBe(0);
  expect(stdout.endsWith("\n")).toBe(true);
  expect(stdout.trimEnd().split("\n")).toHaveLength(20_001);
});

test.concurrent("nobody reads the progress: the training goes on", async () => {
  const args = ["run", "config.json", "--json", "--out", "unread", "--set", "epochs=200", "--set", 'sinks=[{"use":"console"}]'];
  const { process: child, result } = startPipeline(args, { cwd: folder });
  child.stderr.destroy();
  const { exitCode, stdout } = await result;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ epochs: 200 });
  expect(eventsOf(await readEvents(join(folder, "unread")), "runCompleted")).toMatchObject([{ reason: "finished" }]);
});
