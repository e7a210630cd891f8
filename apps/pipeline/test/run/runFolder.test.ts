import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { type Manifest, MANIFEST_FORMAT } from "../../src/run/manifest.ts";
import { checkOut, createRunFolder } from "../../src/run/runFolder.ts";
import { filesBelow } from "../runFolderContents.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const MANIFEST: Manifest = {
  format: MANIFEST_FORMAT,
  formatVersion: 1,
  run: "small-1",
  name: "small",
  startedAt: "2026-11-22T14:30:05.678Z",
  seed: 0,
  config: {},
  configDirectory: "/config",
  versions: { downhill: "0.0.0", node: "24.0.0" },
  data: [],
};

// Makes a folder at `out` with these files.
const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const out = join(await temporaryFolder(), "out");
  await mkdir(out);
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text);
  return out;
};

const OLD_RUN = { "manifest.json": JSON.stringify({ ...MANIFEST, run: "old" }), "model.safetensors": "old", "notes.txt": "mine" };

test("a folder of one's choice is made with its manifest, and those above it", async () => {
  const root = await temporaryFolder();
  const out = join(root, "deep", "er", "run");
  await checkOut({ out });
  expect(await createRunFolder(MANIFEST, { out })).toBe(out);
  expect(JSON.parse(await readFile(join(out, "manifest.json"), "utf8"))).toEqual(MANIFEST);
  expect(await filesBelow(root)).toEqual(["deep", "deep/er", "deep/er/run", "deep/er/run/manifest.json"]);
});

test("an empty folder will do", async () => {
  const out = await folderWith({});
  await checkOut({ out });
  await createRunFolder(MANIFEST, { out });
  expect(await filesBelow(out)).toEqual(["manifest.json"]);
});

test.each([
  ["anything", { "notes.txt": "mine" }],
  ["a hidden file", { ".keep": "" }],
  ["a run of ours", OLD_RUN],
])("a folder that holds %s is refused and left as it was", async (_, files) => {
  const out = await folderWith(files);
  const before = await filesBelow(join(out, ".."));
  await expect(checkOut({ out })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("--overwrite") as string });
  await expect(createRunFolder(MANIFEST, { out })).rejects.toMatchObject({ exitCode: 2 });
  expect(await filesBelow(join(out, ".."))).toEqual(before);
  for (const [name, text] of Object.entries(files)) expect(await readFile(join(out, name), "utf8")).toBe(text);
});

test("--overwrite replaces a run of ours, whole", async () => {
  const out = await folderWith(OLD_RUN);
  await checkOut({ out, overwrite: true });
  expect(await createRunFolder(MANIFEST, { out, overwrite: true })).toBe(out);
  expect(await filesBelow(join(out, ".."))).toEqual(["out", "out/manifest.json"]);
  expect(await readFile(join(out, "manifest.json"), "utf8")).toContain("small-1");
});

test.each([
  ["no manifest", { "notes.txt": "mine" }],
  ["another tool's manifest", { "manifest.json": '{ "name": "app" }' }],
  ["a manifest that is no JSON", { "manifest.json": "manifest" }],
  ["a manifest that is null", { "manifest.json": "null" }],
])("--overwrite does not touch a folder with %s", async (_, files) => {
  const out = await folderWith(files);
  await expect(checkOut({ out, overwrite: true })).rejects.toMatchObject({ exitCode: 2 });
  await expect(createRunFolder(MANIFEST, { out, overwrite: true })).rejects.toMatchObject({ exitCode: 2 });
  expect(await filesBelow(join(out, ".."))).toEqual(["out", ...Object.keys(files).map((name) => `out/${name}`)]);
});

test("a file is no folder", async () => {
  const out = join(await folderWith({ file: "text" }), "file");
  await expect(checkOut({ out })).rejects.toMatchObject({ exitCode: 2, message: `${out}: this is not a folder` });
  await expect(createRunFolder(MANIFEST, { out })).rejects.toMatchObject({ exitCode: 2 });
  await expect(createRunFolder(MANIFEST, { out: join(out, "below") })).rejects.toMatchObject({ exitCode: 2 });
  expect(await readFile(out, "utf8")).toBe("text");
});

test("a fresh folder is named by time and run; of many at the same second each gets its own", async () => {
  const root = await temporaryFolder();
  const home = process.cwd();
  process.chdir(root);
  try {
    const made = await Promise.all(Array.from({ length: 8 }, (_, index) => createRunFolder({ ...MANIFEST, run: `small-${index}` }, {})));
    const base = "runs/2026-11-22T14-30-05-small";
    const wanted = [base, ...Array.from({ length: 7 }, (_, index) => `${base}-${index + 2}`)];
    expect(made.map((folder) => relative(root, folder)).toSorted()).toEqual(wanted.toSorted());
    const runs = await Promise.all(
      made.map(async (folder) => JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest),
    );
    expect(runs.map(({ run }) => run)).toEqual(Array.from({ length: 8 }, (_, index) => `small-${index}`));
    expect((await filesBelow(root)).filter((file) => file.includes("partial"))).toEqual([]);
  } finally {
    process.chdir(home);
  }
});

test("of two that want the same folder one gets it, and keeps it", async () => {
  const out = join(await temporaryFolder(), "run");
  await Promise.all([checkOut({ out }), checkOut({ out })]);
  const results = await Promise.allSettled(["one", "other"].map((run) => createRunFolder({ ...MANIFEST, run }, { out })));
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const winner = results[0].status === "fulfilled" ? "one" : "other";
  expect(await readFile(join(out, "manifest.json"), "utf8")).toContain(`"run": "${winner}"`);
});
