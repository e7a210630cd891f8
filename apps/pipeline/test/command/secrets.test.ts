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

// A guest that writes down all that it can see, beside the config.
const SPY = `import { appendFileSync } from "node:fs";
import { inspect } from "node:util";
export default {
  name: "spy",
  async open(options, run) {
    const note = (seen) => appendFileSync(run.configDirectory + "/spy.log", inspect(seen, { depth: 9, maxArrayLength: null, maxStringLength: null }) + "\\n");
    note([options, run, process.env, process.argv, process.execArgv]);
    if (run.history) for await (const event of run.history()) note(event);
    return { write: note };
  },
};
`;

test.concurrent("with every built-in sink on, in a run, its resumption and a replay: only the sink that it is for can see it", async () => {
  const files = ["json", "csv", "plot", "tensorboard", "report"].map((use) => ({ use, ...(use === "json" && { path: "told.ndjson" }) }));
  const sinks = [
    { use: "console" },
    { use: MISBEHAVING, token: "${TOKEN}", at: "write", how: "SIGINT", from: 6 },
    { use: "./spy.mjs" },
    ...files,
  ];
  const folder = await smallProject({ epochs: 20, sinks, log: { gradientNorms: true } }, { "spy.mjs": SPY });
  await addMisbehaving(folder);
  const env = { TOKEN: "hunter2-hunter2" };
  const ran = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env });
  expect(ran.exitCode).toBe(130);
  const resumed = await pipeline(["resume", "run"], { cwd: folder, env });
  const replayed = await pipeline(["replay", "run", "--sink", "report"], { cwd: folder, env });
  const spied = await pipeline(["replay", "run", "--sink", "./spy.mjs", "--out", "spied"], { cwd: folder, env });
  for (const { stdout, stderr } of [ran, resumed, replayed, spied]) expect(stdout + stderr).not.toContain("hunter2");
  expect((await readMisbehavingLog(folder)).filter((line) => line === "open hunter2-hunter2").length).toBeGreaterThan(0);
  const names = (await filesBelow(folder)).filter((name) => /\.\w+$/.test(name) && name !== "misbehaving.log");
  expect(names).toEqual(
    expect.arrayContaining(["spy.log", "told.ndjson", "run/report.html", "run/metrics.csv", "run/plots/cost.png", "run/manifest.json"]),
  );
  const texts = await Promise.all(names.map(async (file) => `${file}: ${await readFile(join(folder, file), "latin1")}`));
  expect(texts.filter((text) => text.includes("hunter2")).map((text) => text.slice(0, 200))).toEqual([]);
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
