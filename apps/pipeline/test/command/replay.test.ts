// `replay`: what a sink makes of a recorded run is what it made of the run.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { takeLock } from "../../src/files/takeLock.ts";
import { type CommandResult, pipeline, ROOT } from "../command.ts";
import { filesBelow } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const PIXELS = Array.from({ length: 40 }, (_, row) => `${row % 2 === 0 ? "200,20,190,10" : "10,210,20,180"},${row % 2}`).join("\n");

// Tells what it was opened with and how it was closed; fails where it is told to.
const OWN = `import { writeFileSync } from "node:fs";
export default { name: "own", open: ({ word = "none", fails }, { directory }) => {
  const seen = [word];
  return {
    write(event) { if (event.type === fails) throw new Error("no " + event.type); seen.push(event.type); },
    close(reason) { writeFileSync(directory + "/own.txt", [...seen, reason].join(" ")); },
  };
} };`;

const SINKS = [
  { use: "plot", costScale: "log" },
  { use: "csv" },
  { use: "tensorboard" },
  { use: "report", costScale: "log" },
  { use: "json", path: "log/copy.ndjson" },
  { use: "./own.mjs", word: "${WORD:hello}" },
];

const CONFIG = {
  data: { train: { file: "pixels.csv", label: 4 }, test: { fraction: 0.25 }, image: { width: 2, height: 2 }, scale: 255 },
  model: { layers: [{ type: "dense", units: 2 }] },
  sinks: SINKS,
};

let folder: string;
beforeAll(async () => {
  folder = await smallProject(CONFIG, { "pixels.csv": PIXELS, "own.mjs": OWN });
  expect(await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).toMatchObject({ exitCode: 0 });
});

const replay = (sink: string, ...flags: readonly string[]): Promise<CommandResult> =>
  pipeline(["replay", "run", "--sink", sink, ...flags], { cwd: folder });

// Every file of `made` is, to the byte, the one of its name below one of the `originals`; returns their names.
async function sameFiles(made: string, ...originals: readonly string[]): Promise<string[]> {
  const held = await Promise.all(originals.map(async (original) => ({ original, files: await filesBelow(original) })));
  const names = (await filesBelow(made)).filter((name) => /\.\w+$/.test(name));
  for (const name of names) {
    const original = held.find(({ files }) => files.includes(name))?.original ?? "nowhere";
    const same = (await readFile(join(made, name))).equals(await readFile(join(original, name)));
    expect({ name, same }).toEqual({ name, same: true });
  }
  return names;
}

test.concurrent.each([
  ["plot", ["plots/confusionMatrix.png", "plots/cost.svg", "plots/learningRate.png", "plots/samples.svg", "plots/weights.png"]],
  ["csv", ["metrics.csv"]],
  ["tensorboard", [expect.stringMatching(/^tensorboard\/events\.out\.tfevents\./)]],
  ["report", ["report.html"]],
  ["json", ["log/copy.ndjson"]],
])("%s makes the bytes that it made in the run, once or twice", async (sink, expected) => {
  const out = join(folder, `replayed-${sink}`);
  for (const time of [1, 2]) {
    const { exitCode, stdout, stderr } = await replay(sink, "--out", out);
    expect([time, exitCode, stdout]).toEqual([time, 0, ""]);
    const names = await sameFiles(out, join(folder, "run"), folder);
    expect(names).toEqual(expect.arrayContaining(expected));
    for (const name of names) expect(stderr).toContain(join(`replayed-${sink}`, name));
  }
});

test.concurrent("into the run folder it replaces what is missing, and leaves the rest", async () => {
  const runDir = join(await temporaryFolder(), "run");
  await cp(join(folder, "run"), runDir, { recursive: true });
  await rm(join(runDir, "metrics.csv"));
  expect(await pipeline(["replay", runDir, "--sink", "csv"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  expect(await filesBelow(runDir)).toEqual(await filesBelow(join(folder, "run")));
  await sameFiles(runDir, join(folder, "run"));
});

test.concurrent("a sink that the run had not, on standard error or as a file", async () => {
  const { exitCode, stderr } = await replay("console", "--out", "replayed-console");
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^epoch 20\/20 {2}cost /m);
});

test.concurrent("a sink of one's own has the options of the config, and the run's end", async () => {
  expect(await replay("./own.mjs", "--out", "replayed-own")).toMatchObject({ exitCode: 0 });
  const told = await readFile(join(folder, "replayed-own", "own.txt"), "utf8");
  expect(told).toMatch(/^hello runStarted dataLoaded .* runCompleted finished$/);
  expect(told).toBe(await readFile(join(folder, "run", "own.txt"), "utf8"));
});

test.concurrent("of a killed run it plays what is there, without the torn line", async () => {
  const runDir = join(await temporaryFolder(), "run");
  await cp(join(folder, "run"), runDir, { recursive: true });
  const lines = (await readFile(join(runDir, "events.ndjson"), "utf8")).split("\n");
  const epochs = lines.findIndex((line) => line.includes('"epochCompleted"'));
  await writeFile(join(runDir, "events.ndjson"), `${lines.slice(0, epochs + 3).join("\n")}\n${lines[epochs + 3].slice(0, 50)}`);
  for (const sink of ["csv", "./own.mjs"])
    expect(await pipeline(["replay", runDir, "--sink", sink], { cwd: folder })).toMatchObject({ exitCode: 0 });
  const whole = (await readFile(join(folder, "run", "metrics.csv"), "utf8")).split("\r\n");
  expect((await readFile(join(runDir, "metrics.csv"), "utf8")).split("\r\n")).toEqual([...whole.slice(0, 4), ""]);
  expect(await readFile(join(runDir, "own.txt"), "utf8")).toMatch(/ epochCompleted aborted$/);
});

const changed = async (change: (text: string) => string, file = "events.ndjson"): Promise<string> => {
  const runDir = join(await temporaryFolder(), "run");
  await cp(join(folder, "run"), runDir, { recursive: true });
  await writeFile(join(runDir, file), change(await readFile(join(runDir, file), "utf8")));
  return runDir;
};

test.concurrent.each<[string, () => Promise<string>, string, number, RegExp]>([
  ["an unknown sink", () => changed((text) => text), "plto", 2, /no package of this name/],
  ["no run", temporaryFolder, "plot", 4, /manifest\.json can't be read: .*give a run folder/],
  ["a damaged line", () => changed((text) => text.replace('"version":1', '"version":9')), "csv", 4, /events\.ndjson can't be read/],
  ["no event", () => changed(() => ""), "csv", 4, /holds no event/],
  [
    "a sink that fails",
    () => changed((text) => text.replace('"word":', '"fails": "dataLoaded", "word":'), "manifest.json"),
    "./own.mjs",
    6,
    /the sink \.\/own\.mjs failed: write: no dataLoaded/,
  ],
  [
    "a run's own file",
    () => changed((text) => text.replace('"log/copy.ndjson"', '"../events.ndjson"'), "manifest.json"),
    "json",
    2,
    /events\.ndjson, which is the name of a run's own file/,
  ],
  [
    "a run that is trained",
    async () => {
      const runDir = await changed((text) => text);
      await takeLock(join(runDir, ".lock"));
      return runDir;
    },
    "csv",
    2,
    /is being trained by process/,
  ],
])("%s is an error that says so, and leaves the folder as it was", async (_, make, sink, exitCode, message) => {
  const runDir = await make();
  const before = await filesBelow(runDir);
  const result = await pipeline(["replay", runDir, "--sink", sink], { cwd: folder });
  expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(message) as string });
  expect(result.stderr).not.toMatch(/^ {4}at /m);
  expect(await filesBelow(runDir)).toEqual(before);
});

test("the reference experiment's pictures and report", async () => {
  const out = await temporaryFolder();
  const set = ["--set", "epochs=3", "--set", 'sinks=[{"use":"plot"},{"use":"tensorboard"},{"use":"report"}]'];
  expect(await pipeline(["run", "config.json", "--out", join(out, "run"), ...set], { cwd: ROOT })).toMatchObject({ exitCode: 0 });
  for (const sink of ["plot", "tensorboard", "report"])
    expect(await pipeline(["replay", join(out, "run"), "--sink", sink, "--out", join(out, "again")], { cwd: ROOT })).toMatchObject({
      exitCode: 0,
    });
  const names = await sameFiles(join(out, "again"), join(out, "run"));
  for (const name of ["report.html", "plots/mistakes.png", "plots/weights.svg", "plots/predictions.png"]) expect(names).toContain(name);
});
