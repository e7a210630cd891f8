// The built-in sinks in a run: console and --quiet, json to a file and to standard output, plot.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import schema from "@downhill/sinks/events.schema.json" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { filesBelow } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

// Rows of four pixels, in two classes.
const PIXELS = Array.from({ length: 40 }, (_, row) => `${row % 2 === 0 ? "200,20,190,10" : "10,210,20,180"},${row % 2}`).join("\n");

const FILES = [{ use: "csv" }, { use: "tensorboard" }, { use: "report" }];

let folder: string;
let result: CommandResult;
beforeAll(async () => {
  folder = await smallProject(
    {
      data: { train: { file: "pixels.csv", label: 4 }, test: { fraction: 0.25 }, image: { width: 2, height: 2 }, scale: 255 },
      model: { layers: [{ type: "dense", units: 2 }] },
      sinks: [{ use: "console" }, { use: "plot" }, { use: "json" }, { use: "json", path: "log/copy.ndjson" }, ...FILES],
    },
    { "pixels.csv": PIXELS },
  );
  result = await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env: { FORCE_COLOR: "1" } });
});

test("standard error tells shapes, model, ten standing lines and the end, plainly where nobody watches", () => {
  const { exitCode, stderr } = result;
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^train features 30 × 4, labels 30 × 2$/m);
  expect(stderr).toMatch(/^test features 10 × 4, labels 10 × 2$/m);
  const standing = [...stderr.matchAll(/^epoch (\d+)\/20 {2}cost \S+ {2}accuracy \d+\.\d%/gm)].map(([, epoch]) => Number(epoch));
  expect(standing).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 20]);
  expect(stderr).toMatch(/^Training accuracy 100\.00%$/m);
  expect(stderr).toMatch(/^Test accuracy 100\.00%$/m);
  expect(stderr).toMatch(/^true label ([01]), predicted label \1$/m);
  expect(stderr.trimEnd().split("\n").at(-1)).toBe(`run folder: ${join(folder, "run")}`);
  expect([...stderr].filter((character) => character !== "\n" && /\p{Cc}/u.test(character))).toEqual([]);
});

test("json writes the same lines as the recorder, to standard output and to its own file", async () => {
  const recorded = await readFile(join(folder, "run", "events.ndjson"), "utf8");
  expect(result.stdout).toBe(recorded);
  expect(await readFile(join(folder, "log", "copy.ndjson"), "utf8")).toBe(recorded);
});

test("every recorded line is as the published schema says", async () => {
  const validate = new Ajv2020({ strictTypes: false }).compile(schema);
  const lines = (await readFile(join(folder, "run", "events.ndjson"), "utf8")).trimEnd().split("\n");
  for (const line of lines) expect([line, validate(JSON.parse(line)), validate.errors]).toEqual([line, true, null]);
  expect(lines.length).toBeGreaterThan(20);
});

test("plot leaves SVG and PNG", async () => {
  const plots = (await filesBelow(join(folder, "run"))).filter((file) => file.startsWith("plots/"));
  for (const name of ["cost", "accuracy", "samples", "predictions"])
    expect(plots).toEqual(expect.arrayContaining([`plots/${name}.svg`, `plots/${name}.png`]));
  expect(await readFile(join(folder, "run", "plots", "cost.svg"), "utf8")).toContain("Cost function vs. training iterations");
  expect((await readFile(join(folder, "run", "plots", "cost.png"))).subarray(1, 4).toString()).toBe("PNG");
});

test("csv, tensorboard and report leave their files", async () => {
  const files = await filesBelow(join(folder, "run"));
  expect(files).toEqual(
    expect.arrayContaining(["metrics.csv", "report.html", expect.stringMatching(/^tensorboard\/events\.out\.tfevents\./)]),
  );
  expect((await readFile(join(folder, "run", "metrics.csv"), "utf8")).split("\r\n")).toHaveLength(1 + 20 + 1);
  expect(await readFile(join(folder, "run", "report.html"), "utf8")).toContain("Finished after 20 of 20 epochs");
});

test("--quiet drops the console, and says nothing", async () => {
  const set = 'sinks=[{"use":"console"}]';
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--quiet", "--out", "quiet", "--set", set], { cwd: folder });
  expect([exitCode, stdout, stderr]).toEqual([0, "", ""]);
  expect(await filesBelow(join(folder, "quiet"))).toContain("model.safetensors");
});

test("784 columns are taken as 28 × 28, with a line saying so", async () => {
  const row = (label: number): string => [...Array.from({ length: 784 }, (_, pixel) => (pixel * (label + 1)) % 256), label].join(",");
  const project = await smallProject(
    { data: { train: { file: "wide.csv", label: 784 }, scale: 255 }, epochs: 1, sinks: [{ use: "console" }] },
    { "wide.csv": [row(0), row(1), row(2)].join("\n") },
  );
  const { exitCode, stderr } = await pipeline(["run", "config.json"], { cwd: project });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^warning: .*28 × 28/m);
});
