// model.weights: a run that begins where another one ended, as a command.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors } from "@downhill/nn";
import { beforeAll, expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_CONFIG } from "../smallTable.ts";

const { layers } = SMALL_CONFIG["model"] as { layers: readonly object[] };
const STILL = { optimizer: { type: "sgd", learningRate: 1e-30 }, epochs: 1 };

let folder: string;
beforeAll(async () => {
  folder = await smallProject();
  await pipeline(["run", "config.json", "--out", "base"], { cwd: folder });
  await pipeline(["export", "base", "--out", "base.safetensors"], { cwd: folder });
});

async function runWith(out: string, weights: unknown, changes: object = {}): Promise<{ exitCode: number | null; stderr: string }> {
  await writeFile(join(folder, `${out}.json`), JSON.stringify({ ...SMALL_CONFIG, ...STILL, model: { layers, weights }, ...changes }));
  return pipeline(["run", `${out}.json`, "--out", out], { cwd: folder });
}

async function tensorsOf(run: string): Promise<Map<string, readonly number[]>> {
  const { tensors } = decodeSafetensors(await readFile(join(folder, run, "model.safetensors")));
  return new Map(tensors.map(({ name, data }) => [name, [...data]]));
}

async function warningsOf(run: string): Promise<string[]> {
  return eventsOf(await readEvents(join(folder, run)), "warningRaised").map(({ message }) => message);
}

test.concurrent("a run begins with the weights of a file, whose hash is in the manifest", async () => {
  expect((await runWith("again", "base.safetensors")).exitCode).toBe(0);
  expect(await tensorsOf("again")).toEqual(await tensorsOf("base"));
  const { data } = JSON.parse(await readFile(join(folder, "again", "manifest.json"), "utf8")) as { data: object[] };
  const bytes = await readFile(join(folder, "base.safetensors"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(data.at(-1)).toEqual({ path: join(folder, "base.safetensors"), bytes: bytes.length, sha256 });
  expect(await warningsOf("again")).not.toContainEqual(expect.stringContaining("begin as"));
  // Its test set is still told from the data files alone.
  expect((await pipeline(["evaluate", "again"], { cwd: folder })).exitCode).toBe(0);
});

test.concurrent("a model of another run serves as well; layers that are not named are drawn", async () => {
  expect((await runWith("head", { file: "base/model.safetensors", layers: ["dense_1"] })).exitCode).toBe(0);
  expect((await runWith("drawn", undefined)).exitCode).toBe(0);
  const [head, base, drawn] = await Promise.all(["head", "base", "drawn"].map(tensorsOf));
  expect(head.get("dense_1/weights")).toEqual(base.get("dense_1/weights"));
  expect(head.get("dense_2/weights")).toEqual(drawn.get("dense_2/weights"));
  expect(await warningsOf("head")).toContainEqual(
    `2 of the model's 4 tensors begin as ${join(folder, "base", "model.safetensors")} has them; as if there were no file: dense_2/weights, dense_2/biases`,
  );
});

test.concurrent("a part is enough where that is said, and an error where not", async () => {
  const deeper = { layers: [...layers, { type: "dense", units: 3 }] };
  const file = "base.safetensors";
  const whole = await runWith("deep", file, { model: { ...deeper, weights: file } });
  expect(whole).toMatchObject({
    exitCode: 4,
    stderr: expect.stringMatching(/model\.weights {2}.+base\.safetensors: dense_3\/weights is not among the tensors \(dense_1\/weights, /),
  });
  const part = await runWith("deeper", file, { model: { ...deeper, weights: { file, partial: true } } });
  expect(part.exitCode).toBe(0);
  expect((await tensorsOf("deeper")).get("dense_2/weights")).toEqual((await tensorsOf("base")).get("dense_2/weights"));
});

test.concurrent("what doesn't fit is told by its place in the config, by check too", async () => {
  const wider = { layers: [{ type: "dense", units: 9 }, ...layers.slice(1)], weights: "base.safetensors" };
  const { exitCode, stderr } = await runWith("wider", undefined, { model: wider });
  expect([exitCode, stderr]).toEqual([
    4,
    expect.stringContaining("base.safetensors: dense_1/weights is 3 × 8 among the tensors; the model has 3 × 9"),
  ]);
  const check = await pipeline(["check", "wider.json"], { cwd: folder });
  expect([check.exitCode, check.stdout + check.stderr]).toEqual([
    4,
    expect.stringMatching(/wider\.json:1:\d+ {2}model\.weights {2}.*the model has 3 × 9/),
  ]);
  expect(await runWith("nowhere", "none.safetensors")).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining("model.weights  there is no file"),
  });
  await writeFile(join(folder, "broken.safetensors"), "broken");
  expect(await runWith("broken", "broken.safetensors")).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining("broken.safetensors: safetensors: "),
  });
  expect(await runWith("number", 5)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/number\.json:1:\d+ {2}model\.weights {2}expected/),
  });
});
