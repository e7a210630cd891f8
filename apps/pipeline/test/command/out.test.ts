// --out and --overwrite: the run folder itself, and what becomes of what was there.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { filesBelow, readManifest, runFiles } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const QUICK = ["run", "config.json", "--set", "epochs=1"];

test.concurrent("--out is where one stands, and the folder itself", async () => {
  const folder = await smallProject();
  await mkdir(join(folder, "elsewhere"));
  const { exitCode, stdout } = await pipeline(["run", "../config.json", "--set", "epochs=1", "--json", "--out", "mine/run"], {
    cwd: join(folder, "elsewhere"),
  });
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as { runDir: string }).runDir).toBe(join(folder, "elsewhere", "mine", "run"));
  expect(await filesBelow(join(folder, "elsewhere"))).toContain("mine/run/model.safetensors");
});

test.concurrent("a folder that is not empty is exit 2 and stays; --overwrite replaces a run, and only a run", async () => {
  const folder = await smallProject();
  await mkdir(join(folder, "notes"));
  await writeFile(join(folder, "notes", "mine.txt"), "mine");
  for (const extra of [[], ["--overwrite"]]) {
    const { exitCode, stderr } = await pipeline([...QUICK, "--out", "notes", ...extra], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^--out notes is not empty; .*--overwrite.*\n$/);
  }
  expect(await filesBelow(join(folder, "notes"))).toEqual(["mine.txt"]);

  expect((await pipeline([...QUICK, "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  const { run } = await readManifest(join(folder, "run"));
  await writeFile(join(folder, "run", "added.txt"), "by hand");
  expect((await pipeline([...QUICK, "--out", "run"], { cwd: folder })).exitCode).toBe(2);
  expect((await readManifest(join(folder, "run"))).run).toBe(run);
  expect((await pipeline([...QUICK, "--out", "run", "--overwrite"], { cwd: folder })).exitCode).toBe(0);
  expect((await readManifest(join(folder, "run"))).run).not.toBe(run);
  expect(await filesBelow(join(folder, "run"))).toEqual(runFiles(1));
});

test.concurrent("an old run is not overwritten by one that can't begin", async () => {
  const folder = await smallProject();
  expect((await pipeline([...QUICK, "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  const before = await readFile(join(folder, "run", "model.safetensors"));
  const { exitCode } = await pipeline([...QUICK, "--out", "run", "--overwrite", "--set", "data.train.file=gone.csv"], { cwd: folder });
  expect(exitCode).toBe(3);
  expect(await readFile(join(folder, "run", "model.safetensors"))).toEqual(before);
});

test.concurrent("a folder that can't be made is exit 2 with one message", async () => {
  const folder = await smallProject();
  const { exitCode, stderr } = await pipeline([...QUICK, "--out", "config.json/run"], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(await filesBelow(folder)).toEqual(["config.json", "table.csv"]);
});

test.concurrent("several runs at once each get a folder of their own", async () => {
  const folder = await smallProject();
  const results = await Promise.all([1, 2, 3].map(() => pipeline([...QUICK, "--json"], { cwd: folder })));
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  const folders = results.map(({ stdout }) => (JSON.parse(stdout) as { runDir: string }).runDir);
  expect(new Set(folders).size).toBe(3);
  for (const runDir of folders) expect(await filesBelow(runDir)).toEqual(runFiles(1));
});
