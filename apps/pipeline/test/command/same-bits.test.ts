// The same config and seed give the same weights; nothing that only looks at the training changes them.
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pipeline, ROOT } from "../command.ts";
import { smallProject } from "../smallProject.ts";

let folder: string;
let reference: string;
let runs = 0;

const weights = async (...args: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await pipeline(["run", "config.json", "--json", "--out", `out-${runs++}`, ...args], { cwd: folder });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;
};

beforeAll(async () => {
  folder = await smallProject({ batchSize: 8 });
  reference = await weights();
});

test.concurrent("twice the same", async () => {
  expect(await weights()).toBe(reference);
  expect(await weights("--seed", "0")).toBe(reference);
});

test.concurrent("another seed, other weights", async () => {
  const seeded = await weights("--seed", "1");
  expect(seeded).not.toBe(reference);
  expect(await weights("--set", "seed=1")).toBe(seeded);
});

test.concurrent("batches of another size, other weights", async () => {
  expect(await weights("--set", "batchSize=7")).not.toBe(reference);
});

test.concurrent("the order of the rows comes from the seed", async () => {
  // Without a split, and from weights that are lost in the first update, the seed decides nothing else.
  const layers = '[{"type":"dense","units":3,"init":{"type":"normal","stddev":1e-30}}]';
  const only = ["--set", 'data={"train":{"file":"table.csv","label":"kind"}}', "--set", `model.layers=${layers}`, "--set", "epochs=3"];
  const of = (seed: string, batchSize: string): Promise<string> => weights(...only, "--seed", seed, "--set", `batchSize=${batchSize}`);
  const [zero, one, fullZero, fullOne] = await Promise.all([of("0", "8"), of("1", "8"), of("0", "full"), of("1", "full")]);
  expect(one).not.toBe(zero);
  expect(fullOne).toBe(fullZero);
});

test.concurrent("a validation set is taken from the training rows, and so changes the weights; watching it does not", async () => {
  const validated = await weights("--set", "data.validation.fraction=0.2");
  expect(validated).not.toBe(reference);
  expect(await weights("--set", "data.validation.file=table.csv", "--set", "data.validation.label=kind")).toBe(reference);
});

test.concurrent("a name changes nothing", async () => {
  expect(await weights("--set", "name=other")).toBe(reference);
});

test.concurrent("one thread or three, on matrices that are large enough to be shared", async () => {
  const trained = await Promise.all(
    [1, 3].map(async (threads) => {
      const out = join(folder, `digits-${threads}`);
      const args = ["run", "config.json", "--json", "--out", out, "--set", "epochs=3", "--set", "sinks=[]", "--threads", String(threads)];
      return JSON.parse((await pipeline(args, { cwd: ROOT })).stdout) as { weightsSha256: string; threads: number };
    }),
  );
  expect(trained.map(({ threads }) => threads)).toEqual([1, 3]);
  expect(trained[1].weightsSha256).toBe(trained[0].weightsSha256);
});
