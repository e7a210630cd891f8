// `turbo run train` of examples/cached-run, in a copy of the repository: what is a hit, and what is a miss.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "./temporaryFolder.ts";
import { TurboCopy } from "./TurboCopy.ts";

const EXAMPLE = "apps/pipeline/examples/cached-run";
const TRAIN = "@downhill/example-cached-run#train";

let copy: TurboCopy;
const at = (path: string): string => join(copy.folder, path);

beforeAll(async () => {
  copy = new TurboCopy(await temporaryFolder());
});

it("the first run trains; the second one brings its folder back, with the log", () => {
  const first = copy.train();
  expect(first).toMatch(/example-cached-run:train: cache miss, executing/);
  expect(first).toContain("Test accuracy");
  const left = runFolder();
  rmSync(at(`${EXAMPLE}/run`), { recursive: true });

  const second = copy.train();
  expect(second).toMatch(/example-cached-run:train: cache hit, replaying logs/);
  expect(second).toContain("Test accuracy");
  expect(runFolder()).toEqual(left);
  expect(left.result).toMatchObject({ epochs: 20, weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(existsSync(at(`${EXAMPLE}/run/checkpoints/epoch-000020-batch-000000.safetensors`))).toBe(false);
});

it("a seed of its own is a miss, and the old config a hit again", () => {
  const before = runFolder();
  const changed = changing(
    `${EXAMPLE}/config.json`,
    (text) => text.replace('"name"', '"seed": 1, "name"'),
    () => {
      expect(copy.train()).toMatch(/train: cache miss, executing/);
      return runFolder();
    },
  );
  expect(changed.result["weightsSha256"]).not.toBe(before.result["weightsSha256"]);
  expect(copy.train()).toMatch(/train: cache hit/);
  expect(runFolder()).toEqual(before);
});

describe("the key", () => {
  it.each([
    ["the config", `${EXAMPLE}/config.json`, (text: string) => text.replace('"epochs": 20', '"epochs": 21')],
    ["a source file of a package far below", "packages/metrics/src/index.ts", (text: string) => `${text}\n// changed\n`],
    ["the kernels", "packages/linalg/assembly/index.ts", (text: string) => `${text}\n// changed\n`],
    ["a source file of the command", "apps/pipeline/src/program.ts", (text: string) => `${text}\n// changed\n`],
    ["the command line", `${EXAMPLE}/package.json`, (text: string) => text.replace("--overwrite", "--overwrite --seed 3")],
  ])("changes with %s", (_, path, change) => {
    const before = copy.hashes().get(TRAIN);
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(changing(path, change, () => copy.hashes().get(TRAIN))).not.toBe(before);
    expect(copy.hashes().get(TRAIN)).toBe(before);
  });

  it("changes with the data, which lie outside the package", () => {
    const before = copy.hashes().get(TRAIN);
    const file = at("apps/pipeline/examples/digits/train_label.csv.gz");
    const bytes = readFileSync(file);
    writeFileSync(file, gzipSync(gunzipSync(bytes).toString().replace("1", "0")));
    expect(copy.hashes().get(TRAIN)).not.toBe(before);
    writeFileSync(file, bytes);
    expect(copy.hashes().get(TRAIN)).toBe(before);
  });

  it("stays with tests, READMEs, other examples, the run folder and a commit", () => {
    const before = copy.hashes().get(TRAIN);
    appendFileSync(at("packages/metrics/test/metrics.test.ts"), "\n// changed\n");
    appendFileSync(at("packages/metrics/README.md"), "\nchanged\n");
    appendFileSync(at("apps/pipeline/examples/flowers/flowers.json"), "\n");
    writeFileSync(at(`${EXAMPLE}/run/note.txt`), "changed");
    expect(copy.hashes().get(TRAIN)).toBe(before);
    copy.commit();
    expect(copy.hashes().get(TRAIN)).toBe(before);
  });
});

function runFolder(): { readonly result: Record<string, unknown>; readonly model: string; readonly report: string } {
  const read = (name: string): string => readFileSync(at(`${EXAMPLE}/run/${name}`), "latin1");
  return {
    result: JSON.parse(read("result.json")) as Record<string, unknown>,
    model: read("model.safetensors"),
    report: read("report.html"),
  };
}

function changing<Result>(path: string, change: (text: string) => string, look: () => Result): Result {
  const text = readFileSync(at(path), "utf8");
  expect(change(text)).not.toBe(text);
  writeFileSync(at(path), change(text));
  try {
    return look();
  } finally {
    writeFileSync(at(path), text);
  }
}
