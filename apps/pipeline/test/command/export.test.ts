// export as a command: files, what is said of them, and what is refused. What the files compute is compared in test/export.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors } from "@downhill/nn";
import { beforeAll, expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { smallProject } from "../smallProject.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const TABLE = [
  "age,port,fare,survived",
  ...Array.from({ length: 30 }, (_, row) => `${row % 7 === 0 ? "" : 20 + row},${"CQS"[row % 3]},${row * 1.5},${row % 2}`),
  "",
];

let folder: string;
beforeAll(async () => {
  folder = await smallProject();
  await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
});

test.concurrent("an ONNX file goes to the run folder, and the same bytes again", async () => {
  const { exitCode, stdout, stderr } = await pipeline(["export", "run"], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  const [file, input, output, ...more] = stdout.trimEnd().split("\n");
  expect(file).toMatch(/^run\/model\.onnx {2}\d+\.\d kB$/);
  expect([input, output, more]).toEqual([
    "input   features  float [N × 3]  width, depth, noise, as the data has them",
    "output  probabilities  float [N × 3]  ant, bee, cow",
    [],
  ]);
  const bytes = await readFile(join(folder, "run", "model.onnx"));
  await pipeline(["export", "run", "--out", "again.onnx"], { cwd: folder });
  expect(await readFile(join(folder, "again.onnx"))).toEqual(bytes);
});

test.concurrent("weights are those of the model, by the same names", async () => {
  const { stdout } = await pipeline(["export", "run", "--out", "base.safetensors", "--json"], { cwd: folder });
  const bytes = await readFile(join(folder, "base.safetensors"));
  const model = decodeSafetensors(await readFile(join(folder, "run", "model.safetensors")));
  const { tensors, metadata } = decodeSafetensors(bytes);
  expect(tensors).toEqual(model.tensors);
  expect([metadata["format"], metadata["classes"]]).toEqual(["downhill-weights", '["ant","bee","cow"]']);
  expect(JSON.parse(stdout)).toEqual({
    file: join(folder, "base.safetensors"),
    format: "safetensors",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    tensors: model.tensors.map(({ name, shape }) => ({ name, shape })),
  });
});

test.concurrent("a table with texts is taken as numbers and texts", async () => {
  const config = {
    data: { train: { file: "table.csv", label: "survived" }, columns: { age: { missing: "mean" } }, scale: "minmax" },
    model: { layers: [{ type: "dense", units: 2 }] },
    sinks: [],
  };
  const cwd = await smallProject({}, { "table.csv": TABLE.join("\n"), "config.json": JSON.stringify(config) });
  await pipeline(["run", "config.json", "--out", "run"], { cwd });
  const { stdout } = await pipeline(["export", "run"], { cwd });
  expect(stdout.split("\n").slice(1)).toEqual([
    "input   numbers  float [N × 2]  age, fare, as the data has them",
    "input   categories  string [N × 1]  port, as the data has them",
    "output  probabilities  float [N × 2]  0, 1",
    'missing values are NaN, and texts that are missing ""; for rows that predict refuses, it gives NaN',
    "",
  ]);
});

test.concurrent("without a network, --verify says so, writes nothing and ends with 3", async () => {
  const env = {
    XDG_CACHE_HOME: await temporaryFolder(),
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_cache: await temporaryFolder(),
  };
  const { exitCode, stdout, stderr } = await pipeline(["export", "run", "--out", "offline.onnx", "--verify"], { cwd: folder, env });
  expect([exitCode, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(
    /^fetching onnxruntime-web 1\.30\.0 into \S+, once\nonnxruntime-web 1\.30\.0 can't be fetched: .+ Only --verify needs it\n$/,
  );
  expect(existsSync(join(folder, "offline.onnx"))).toBe(false);
});

test.concurrent("the run's own model is not written over, by no way to it", async () => {
  const before = await readFile(join(folder, "run", "model.safetensors"));
  await symlink(join("run", "model.safetensors"), join(folder, "link.safetensors"));
  for (const out of ["run/model.safetensors", "link.safetensors"]) {
    const { exitCode, stderr } = await pipeline(["export", "run", "--out", out], { cwd: folder });
    expect([exitCode, stderr]).toEqual([2, `--out ${out} is the run's model; choose another name\n`]);
  }
  expect(await readFile(join(folder, "run", "model.safetensors"))).toEqual(before);
});

test.concurrent("what can't be done is said", async () => {
  const fault = async (...args: string[]): Promise<readonly [number | null, string]> => {
    const { exitCode, stderr } = await pipeline(["export", ...args], { cwd: folder });
    return [exitCode, stderr];
  };
  expect(await fault("run", "--format", "safetensors", "--verify")).toEqual([2, expect.stringContaining("--verify compares an ONNX file")]);
  expect(await fault("run", "--out", "run")).toEqual([2, "--out run is no regular file; give a file's name\n"]);
  expect(await fault("run", "--out", "nowhere/model.onnx")).toEqual([
    2,
    expect.stringMatching(/nowhere\/model\.onnx \(.+ kB\) can't be written: ENOENT/),
  ]);
  expect(await fault("run", "--format", "h5")).toEqual([2, expect.stringContaining("Allowed choices are onnx, safetensors")]);
  const empty = await temporaryFolder();
  expect(await fault(empty)).toEqual([4, expect.stringContaining("there is no model here")]);
  await writeFile(join(empty, "model.safetensors"), "no model");
  expect(await fault(empty)).toEqual([4, expect.stringContaining("safetensors")]);
});
