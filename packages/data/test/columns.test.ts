// Tables whose columns stand in another order than in training, and label files with a header.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadFeatures, loadSamples } from "../src/index.ts";
import { bytesOf } from "./support/read.ts";

const featureNames = ["a", "b", "c"];

describe("columns by name", () => {
  it("are put in the order of training, the label left out", async () => {
    const file = bytesOf("c,label,a,b\n3,0,1,2\n6,1,4,5\n");
    const { features } = await loadFeatures({ file }, { inputs: 3, featureNames, label: { index: 3, name: "label" } });
    expect([...features]).toEqual([1, 2, 3, 4, 5, 6]);
    const samples = await loadSamples({ file, label: "label" }, { targets: "classes", inputs: 3, featureNames });
    expect([...samples.features]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(samples.featureNames).toEqual(featureNames);
  });

  it("are taken as they stand where the file has no names", async () => {
    const { features } = await loadFeatures({ file: bytesOf("3,1,2\n") }, { inputs: 3, featureNames });
    expect([...features]).toEqual([3, 1, 2]);
  });

  it("must be those of training", async () => {
    const wrong = loadFeatures({ file: bytesOf("a,b,d\n1,2,3\n") }, { inputs: 3, featureNames });
    await expect(wrong).rejects.toThrow('has no column "c", which training had; its columns are "a", "b", "d"');
  });
});

describe("a label file with a header over names", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "downhill-labels-"));
    await writeFile(join(folder, "x.csv"), "width,height\n1,2\n3,4\n");
    await writeFile(join(folder, "y.csv"), "species\nrose\ndaisy\n");
    await writeFile(join(folder, "bare.csv"), "1,2\n3,4\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is recognised beside features with a header", async () => {
    const { targets } = await loadSamples({ features: join(folder, "x.csv"), labels: join(folder, "y.csv") }, { targets: "classes" });
    expect(targets).toEqual({ kind: "classes", indices: Int32Array.of(1, 0), classes: ["daisy", "rose"] });
  });

  it("is one label too many beside features without one", async () => {
    const loaded = loadSamples({ features: join(folder, "bare.csv"), labels: join(folder, "y.csv") }, { targets: "classes" });
    await expect(loaded).rejects.toThrow("has 3 labels, but");
  });
});
