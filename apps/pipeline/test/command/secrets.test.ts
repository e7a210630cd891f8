// A value that came from the environment reaches only the sink whose option it is.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { addMisbehaving, MISBEHAVING, readMisbehavingLog } from "../misbehavingLog.ts";
import { filesBelow, readEvents, readManifest } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

test.concurrent("the sink gets it; manifest, events, model and screen show ${TOKEN}", async () => {
  const folder = await smallProject({ epochs: 2, sinks: [{ use: "console" }, { use: MISBEHAVING, token: "${TOKEN}" }] });
  await addMisbehaving(folder);
  const env = { TOKEN: "hunter2-hunter2" };
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder, env });
  expect(exitCode).toBe(0);
  expect((await readMisbehavingLog(folder))[0]).toBe("open hunter2-hunter2");
  expect(stdout + stderr).not.toContain("hunter2");
  const names = (await filesBelow(join(folder, "run"))).filter((name) => name.includes("."));
  const files = names.map((file) => join(folder, "run", file));
  expect(files.length).toBeGreaterThan(4);
  const texts = await Promise.all(files.map(async (file) => `${file}: ${await readFile(file, "latin1")}`));
  expect(texts.filter((text) => text.includes("hunter2"))).toEqual([]);
  const written = { sinks: [{}, { token: "${TOKEN}" }] };
  expect((await readManifest(join(folder, "run"))).config).toMatchObject(written);
  expect((await readEvents(join(folder, "run")))[0]).toMatchObject({ type: "runStarted", config: written });
});

test.concurrent("nor do errors tell it: neither a sink's own, nor that of a file", async () => {
  const failing = { use: MISBEHAVING, token: "${TOKEN}", at: "write", how: "throw", delivery: { required: true } };
  const folder = await smallProject({ sinks: [{ use: "console" }, failing] });
  await addMisbehaving(folder);
  const env = { TOKEN: "hunter2-hunter2" };
  const failed = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env });
  expect(failed.exitCode).toBe(6);
  expect(failed.stderr).toContain("write: out of ink: ${TOKEN}\n");
  const missing = await pipeline(["run", "config.json", "--set", "data.train.file=${TOKEN}/table.csv"], { cwd: folder, env });
  expect(missing.exitCode).toBe(3);
  expect(missing.stderr).toContain("${TOKEN}/table.csv: no such file");
  const events = await readFile(join(folder, "run", "events.ndjson"), "utf8");
  expect(failed.stderr + missing.stderr + events).not.toContain("hunter2");
});

test.concurrent("a folder of data may come from the environment, when training and when evaluating", async () => {
  const folder = await smallProject({
    data: { train: { file: "${TABLES}/table.csv", label: "kind" }, test: { fraction: 0.3 } },
    epochs: 2,
  });
  const missing = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env: { TABLES: undefined } });
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toMatch(/^config\.json:1:\d+ {2}data\.train\.file {2}the environment has no TABLES; .*\n$/);
  const env = { TABLES: "." };
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env })).exitCode).toBe(0);
  expect((await pipeline(["evaluate", "run"], { cwd: folder, env })).exitCode).toBe(0);
});
