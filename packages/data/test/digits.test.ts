import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DIGIT_PIXELS, DIGIT_SIDE, drawDigit, makeDigits } from "@downhill/data/digits";
import { randomStream } from "@downhill/random";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const bundled = join(root, "apps/pipeline/examples/digits");
const files = ["train_X.csv.gz", "train_label.csv.gz", "test_X.csv.gz", "test_label.csv.gz"];

function readText(folder: string, file: string): string {
  return gunzipSync(readFileSync(join(folder, file))).toString("latin1");
}

function readLines(file: string): string[] {
  return readText(bundled, file).trimEnd().split("\n");
}

function readImages(file: string): number[][] {
  return readLines(file).map((line) => line.split(",").map(Number));
}

function readLabels(file: string): number[] {
  return readLines(file).map((line) => line.split(",").indexOf("1"));
}

function countClasses(labels: Iterable<number>): number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const label of labels) counts[label] += 1;
  return counts;
}

/** The index of the row of `rows` with the least squared distance to `image`. */
function nearest(rows: readonly ArrayLike<number>[], image: ArrayLike<number>): number {
  let best = 0;
  let least = Infinity;
  for (let row = 0; row < rows.length; row += 1) {
    let distance = 0;
    for (let pixel = 0; pixel < image.length && distance < least; pixel += 1) {
      const difference = rows[row][pixel] - image[pixel];
      distance += difference * difference;
    }
    if (distance < least) {
      least = distance;
      best = row;
    }
  }
  return best;
}

describe("makeDigits", () => {
  it("gives the same bytes in every engine", () => {
    const { pixels, labels } = makeDigits({ seed: 2024, count: 100 });
    expect(createHash("sha256").update(pixels).update(labels).digest("hex")).toBe(
      "b7205ec2d46ce5f34f0f4bfcdfe719d947bfafe2d808e93a0917d309c013c2b7",
    );
  });

  it("makes digit number i the same, whatever the range it is made in", () => {
    const whole = makeDigits({ seed: 7, count: 40 });
    fc.assert(
      fc.property(fc.nat(39), fc.nat(40), (first, length) => {
        const count = Math.min(length, 40 - first);
        const part = makeDigits({ seed: 7, first, count });
        expect(part.labels).toEqual(whole.labels.subarray(first, first + count));
        expect(part.pixels).toEqual(whole.pixels.subarray(first * DIGIT_PIXELS, (first + count) * DIGIT_PIXELS));
      }),
      { numRuns: 30 },
    );
  });

  it("makes other digits, in another order, from another seed", () => {
    const one = makeDigits({ seed: 1, count: 20 });
    const other = makeDigits({ seed: 2, count: 20 });
    expect(one.labels).not.toEqual(other.labels);
    expect(one.pixels).not.toEqual(other.pixels);
  });

  it("holds each digit once in every ten places, in changing order", () => {
    const { labels } = makeDigits({ seed: 3, count: 200 });
    const orders = new Set<string>();
    for (let place = 0; place < 200; place += 10) {
      const ten = labels.subarray(place, place + 10);
      expect(Array.from(ten.toSorted())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      orders.add(ten.join());
    }
    expect(orders.size).toBe(20);
  });

  it("makes nothing of a count of 0", () => {
    expect(makeDigits({ seed: 0, count: 0 })).toEqual({ pixels: new Uint8Array(0), labels: new Uint8Array(0) });
  });

  it.each([
    { seed: 0, count: -1 },
    { seed: 0, count: 1.5 },
    { seed: 0, count: 1, first: -1 },
    { seed: 0, count: 1, first: 2 ** 32 },
    { seed: -1, count: 1 },
    { seed: 0.5, count: 1 },
  ])("refuses %o", (options) => {
    expect(() => makeDigits(options)).toThrow(RangeError);
  });
});

describe("drawDigit", () => {
  it.each([-1, 10, 2.5, Number.NaN])("refuses the digit %d", (digit) => {
    expect(() => drawDigit(digit, randomStream(0, "digits"))).toThrow(/^drawDigit: the digit is /);
  });

  it("centres the ink by mass, as long as a digit of MNIST and clear of the border", () => {
    const stream = randomStream(11, "digits");
    for (let index = 0; index < 300; index += 1) {
      const image = drawDigit(index % 10, stream.substream(index));
      let mass = 0;
      let massX = 0;
      let massY = 0;
      const columns = new Set<number>();
      const rows = new Set<number>();
      image.forEach((value, pixel) => {
        const column = pixel % DIGIT_SIDE;
        const row = Math.floor(pixel / DIGIT_SIDE);
        mass += value;
        massX += value * column;
        massY += value * row;
        if (value > 100) {
          columns.add(column);
          rows.add(row);
        }
      });
      expect(Math.abs(massX / mass - 13.5)).toBeLessThan(0.5);
      expect(Math.abs(massY / mass - 13.5)).toBeLessThan(0.5);
      const side = Math.max(columns.size, rows.size);
      expect(side).toBeGreaterThanOrEqual(16);
      expect(side).toBeLessThanOrEqual(22);
    }
  });
});

describe("the bundled digits", () => {
  let scratch: string;
  const train = readImages("train_X.csv.gz");
  const test = readImages("test_X.csv.gz");
  const trainLabels = readLabels("train_label.csv.gz");
  const testLabels = readLabels("test_label.csv.gz");

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "digits-"));
    const script = join(bundled, "make-digits.ts");
    const made = spawnSync(process.execPath, ["--import", "tsx", "-C", "@downhill/source", script, scratch], {
      cwd: root,
      encoding: "utf8",
    });
    expect(made.stderr).toBe("");
    expect(made.status).toBe(0);
  });

  afterAll(() => rmSync(scratch, { recursive: true }));

  // The text is compared, not the archive: what zlib packs it into differs between versions of Node.
  it.each(files)("has in %s what the script makes", (file) => {
    expect(readText(scratch, file) === readText(bundled, file)).toBe(true);
    expect(readFileSync(join(bundled, file)).subarray(0, 10).toString("hex")).toBe("1f8b08000000000002ff");
  });

  it("is 1000 + 350 lines of integers from 0 to 255 without a header, and one-hot labels", () => {
    const pixels = /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]),){783}(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;
    const oneHot = /^(?=[^1]*1[^1]*$)[01](?:,[01]){9}$/;
    expect(files.map((file) => readLines(file).length)).toEqual([1000, 1000, 350, 350]);
    for (const line of [...readLines("train_X.csv.gz"), ...readLines("test_X.csv.gz")]) expect(line).toMatch(pixels);
    for (const line of [...readLines("train_label.csv.gz"), ...readLines("test_label.csv.gz")]) expect(line).toMatch(oneHot);
  });

  it("takes less than 1 MB", () => {
    const sizes = files.map((file) => readFileSync(join(bundled, file)).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000);
  });

  it("has as many of each digit", () => {
    expect(countClasses(trainLabels)).toEqual(Array.from({ length: 10 }, () => 100));
    expect(countClasses(testLabels)).toEqual(Array.from({ length: 10 }, () => 35));
  });

  it("has no image twice, in training or in testing", () => {
    const lines = [...readLines("train_X.csv.gz"), ...readLines("test_X.csv.gz")];
    expect(new Set(lines).size).toBe(1350);
  });

  it("has as much ink as MNIST: lines that saturate, on clean paper", () => {
    for (const image of [...train, ...test]) {
      expect(Math.max(...image)).toBeGreaterThan(150);
      expect(image[0]).toBe(0);
    }
    const all = train.flat();
    const inked = all.filter((value) => value > 0);
    const bright = inked.filter((value) => value >= 224);
    expect(inked.length / all.length).toBeGreaterThan(0.12);
    expect(inked.length / all.length).toBeLessThan(0.3);
    expect(bright.length / inked.length).toBeGreaterThan(0.25);
    expect(bright.length / inked.length).toBeLessThan(0.6);
  });

  // 1000 digits of MNIST give 0.89 and 0.79 by these two rules: enough structure to learn from, too much variety for an average.
  it("is about as hard as MNIST by the nearest neighbour and by the nearest mean", () => {
    const images = train.map((image) => Uint8Array.from(image));
    const means = Array.from({ length: 10 }, () => new Float64Array(DIGIT_PIXELS));
    images.forEach((image, row) => image.forEach((value, pixel) => (means[trainLabels[row]][pixel] += value / 100)));
    const byNeighbour = test.filter((image, row) => trainLabels[nearest(images, image)] === testLabels[row]).length / 350;
    const byMean = test.filter((image, row) => nearest(means, image) === testLabels[row]).length / 350;
    expect(byNeighbour).toBeGreaterThan(0.8);
    expect(byNeighbour).toBeLessThan(0.93);
    expect(byMean).toBeGreaterThan(0.65);
    expect(byMean).toBeLessThan(0.85);
  });
});
