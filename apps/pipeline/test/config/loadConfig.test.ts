import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/loadConfig.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { complaints, LEAST, load } from "./writtenConfig.ts";

test("all but data and model has a default", async () => {
  const { config, directory } = await load(LEAST);
  expect(config).toEqual({
    name: "run",
    seed: 0,
    data: { train: { features: join(directory, "x.csv"), labels: join(directory, "y.csv") } },
    model: { layers: [{ type: "dense", units: 3 }], loss: "softmaxCrossEntropy" },
    optimizer: { type: "sgd", learningRate: 0.01 },
    epochs: 10,
    batchSize: "full",
    checkpoint: { everySeconds: 30, keep: 2 },
    log: { gradientNorms: false },
    compute: { wide: false },
    sinks: [{ use: "console" }, { use: "plot" }],
  });
});

test("Adam has the published defaults", async () => {
  const { config } = await load({ ...LEAST, optimizer: { type: "adam" } });
  expect(config.optimizer).toEqual({ type: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
});

test("paths start from the config's folder, wherever one stands", async () => {
  const data = {
    train: { features: "x.csv", labels: "/data/y.csv" },
    validation: { file: "../v.csv", label: "kind" },
    test: { images: "deep/er/images.gz", labels: "l.gz" },
  };
  const { config, directory } = await load({ ...LEAST, data });
  expect(config.data).toEqual({
    train: { features: join(directory, "x.csv"), labels: "/data/y.csv" },
    validation: { file: join(directory, "../v.csv"), label: "kind" },
    test: { images: join(directory, "deep/er/images.gz"), labels: join(directory, "l.gz") },
  });
});

test("fractions and column indices are no paths", async () => {
  const { config, directory } = await load({ ...LEAST, data: { train: { file: "t.csv", label: 4 }, test: { fraction: 0.3 } } });
  expect(config.data).toEqual({ train: { file: join(directory, "t.csv"), label: 4 }, test: { fraction: 0.3 } });
});

test("a sink's own options are left to the sink", async () => {
  const sinks = [{ use: "./mine.ts", path: "out/${X:log}.txt", deep: { list: [1] }, delivery: { queue: 4 } }];
  const { config } = await load({ ...LEAST, sinks });
  expect(config.sinks).toEqual([{ use: "./mine.ts", path: "out/log.txt", deep: { list: [1] }, delivery: { queue: 4 } }]);
});

test("--set is the last word: over the file, over the environment", async () => {
  const options = { set: ["seed=3", "name=${NAME}-set", "data.train.features=other.csv"], environment: { NAME: "mine" } };
  const { config, directory } = await load({ ...LEAST, seed: 1, name: "${NAME}" }, options);
  expect([config.seed, config.name]).toEqual([3, "mine-set"]);
  expect(config.data.train).toMatchObject({ features: join(directory, "other.csv") });
});

test("--set can mend what the file got wrong", async () => {
  const { config } = await load({ ...LEAST, epochs: "many" }, { set: ["epochs=5"] });
  expect(config.epochs).toBe(5);
});

test("what is shown has the defaults, and variables as they were written", async () => {
  const sinks = [{ use: "./mine.ts", token: "${TOKEN}" }];
  const { config, shown } = await load({ ...LEAST, sinks }, { environment: { TOKEN: "s3cret" } });
  expect(config.sinks[0]["token"]).toBe("s3cret");
  expect(shown).toMatchObject({ seed: 0, sinks: [{ use: "./mine.ts", token: "${TOKEN}" }], data: LEAST.data });
  expect(JSON.stringify(shown)).not.toContain("s3cret");
});

test("a config from elsewhere may be a list of layers of every type", async () => {
  const layers = [
    { type: "dense", units: 4, activation: "tanh", init: { type: "he" } },
    { type: "relu" },
    { type: "dense", units: 4, init: { type: "normal", stddev: 0.01 } },
    { type: "tanh" },
    { type: "dense", units: 2 },
  ];
  expect((await load({ ...LEAST, model: { layers, loss: "meanSquaredError" } })).config.model).toEqual({
    layers,
    loss: "meanSquaredError",
  });
});

test("a config that is not there is a usage error that names it", async () => {
  const file = join(await temporaryFolder(), "nowhere.json");
  await expect(loadConfig(file)).rejects.toMatchObject({ exitCode: 2, message: `${file}: there is no such config file` });
});

test("a folder is no config", async () => {
  await expect(loadConfig(await temporaryFolder())).rejects.toMatchObject({ exitCode: 2 });
});

test("keys that objects inherit are unknown keys", async () => {
  expect(await complaints({ ...LEAST, constructor: 1 })).toEqual([expect.stringContaining("  constructor  unknown key")]);
});
