// Samples that stay in their file, against the same samples in memory.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { permutation, randomStream } from "@downhill/random";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fitPreprocessing,
  loadSamples,
  preprocessSamples,
  streamLike,
  streamSamples,
  type Batch,
  type ByteSource,
  type PassOptions,
  type StreamedSamples,
} from "../src/index.ts";
import { MedianCounter } from "../src/stream/MedianCounter.ts";
import { bytesOf, chunksOf, errorOf } from "./support/read.ts";
import { countingTable, mixedTable } from "./support/table.ts";

/** The bytes in chunks of one size, again in each pass. */
function chunked(text: string, size: number): ByteSource {
  return { [Symbol.asyncIterator]: () => chunksOf(bytesOf(text), size)[Symbol.asyncIterator]() };
}

async function rowsOf(samples: StreamedSamples, options: PassOptions): Promise<{ features: number[]; targets: number[]; sizes: number[] }> {
  const rows = { features: [] as number[], targets: [] as number[], sizes: [] as number[] };
  for await (const { features, targets, size } of samples.batches(options)) {
    rows.features.push(...features);
    rows.targets.push(...targets);
    rows.sizes.push(size);
  }
  return rows;
}

const shuffle = (epoch: number, buffer?: number): PassOptions["shuffle"] => ({
  stream: randomStream(7, "shuffle").substream(epoch),
  ...(buffer !== undefined && { buffer }),
});

const split = randomStream(3, "split");

async function counting(rows: number, chunk = 1000): Promise<StreamedSamples> {
  const { sets } = await streamSamples({ file: chunked(countingTable(rows), chunk), label: 1 }, { targets: "classes" });
  return sets[0];
}

describe("a shuffled pass", () => {
  it("gives each row once with its own target, whatever the sizes and the chunks, in an order that only the stream and the buffer fix", async () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 300 }),
      batchSize: fc.integer({ min: 1, max: 320 }),
      buffer: fc.integer({ min: 1, max: 320 }),
      chunk: fc.integer({ min: 1, max: 2000 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, batchSize, buffer, chunk }) => {
        const pass = await rowsOf(await counting(rows, chunk), { batchSize, shuffle: shuffle(1, buffer) });
        expect(pass.features.toSorted((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
        expect(pass.targets).toEqual(pass.features.map((row) => row % 4));
        const whole = Math.floor(rows / batchSize);
        const last = rows % batchSize;
        expect(pass.sizes).toEqual([...Array.from({ length: whole }, () => batchSize), ...(last > 0 ? [last] : [])]);
        const again = await rowsOf(await counting(rows, 777), { batchSize: 10, shuffle: shuffle(1, buffer) });
        expect(again.features).toEqual(pass.features);
      }),
      { numRuns: 60 },
    );
  });

  it("has another order in another epoch, and the same one in the same", async () => {
    const samples = await counting(500);
    const orders = [];
    for (const epoch of [1, 2, 1]) orders.push((await rowsOf(samples, { batchSize: 32, shuffle: shuffle(epoch, 100) })).features);
    expect(orders[1]).not.toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
  });

  it.each([500, 501, 65_536, undefined])("is a permutation of all rows where the buffer holds them (%s)", async (buffer) => {
    const pass = await rowsOf(await counting(500), { batchSize: 64, shuffle: shuffle(4, buffer) });
    expect(pass.features).toEqual([...permutation(500, randomStream(7, "shuffle").substream(4))]);
  });

  it("takes a row at most the buffer's length before its place in the file, and a buffer of one row leaves the order", async () => {
    const { features } = await rowsOf(await counting(3000), { batchSize: 64, shuffle: shuffle(1, 50) });
    features.forEach((row, place) => expect(row - place).toBeLessThanOrEqual(50));
    expect(features.filter((row, place) => Math.abs(row - place) > 5).length).toBeGreaterThan(2000);
    const one = await rowsOf(await counting(100), { batchSize: 64, shuffle: shuffle(1, 1) });
    expect(one.features).toEqual(Array.from({ length: 100 }, (_, row) => row));
  });

  it.each([0, 1, 5, 8])("goes on behind %i batches as if it had not stopped", async (skip) => {
    const samples = await counting(500);
    const whole = await rowsOf(samples, { batchSize: 64, shuffle: shuffle(1, 100) });
    const rest = await rowsOf(samples, { batchSize: 64, shuffle: shuffle(1, 100), skip });
    expect(rest.features).toEqual(whole.features.slice(skip * 64));
  });

  it("can be left early, and begun anew while another one is under way", async () => {
    const samples = await counting(400);
    const first = samples.batches({ batchSize: 10, shuffle: shuffle(1, 100) });
    await first.next();
    const second = await rowsOf(samples, { batchSize: 10, shuffle: shuffle(1, 100) });
    const { value } = (await first.next()) as { value: Batch };
    expect([...value.features]).toEqual(second.features.slice(10, 20));
    await first.return();
    expect((await rowsOf(samples, { batchSize: 10, shuffle: shuffle(1, 100) })).features).toEqual(second.features);
  });
});

describe("shares", () => {
  it("are the same rows in each pass, without one in two sets or in none, and about as many as was said", async () => {
    const shares = [
      { fraction: 0.3, stream: split.substream(0) },
      { fraction: 0.2, stream: split.substream(1) },
    ];
    const { sets } = await streamSamples({ file: bytesOf(countingTable(4000)), label: 1 }, { targets: "classes", shares });
    const parts = [];
    for (const set of sets) {
      const { features } = await rowsOf(set, { batchSize: 100 });
      expect((await rowsOf(set, { batchSize: 33, shuffle: shuffle(1, 64) })).features.toSorted((a, b) => a - b)).toEqual(features);
      expect(features.length).toBe(set.count);
      expect(set.check.histogram?.reduce((sum, rows) => sum + rows)).toBe(set.count);
      parts.push(features);
    }
    expect(parts.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 4000 }, (_, row) => row));
    // Four deviations of a binomial share.
    expect(Math.abs(parts[1].length - 1200)).toBeLessThan(116);
    expect(Math.abs(parts[2].length - 560)).toBeLessThan(88);
  });

  it("that come to no row, and fractions that are none, are errors", async () => {
    const of = (fraction: number): Promise<unknown> =>
      streamSamples({ file: bytesOf("1,0\n2,1\n"), label: 1 }, { targets: "classes", shares: [{ fraction, stream: split }] });
    expect((await errorOf(of(1e-6))).message).toContain("came to no row");
    expect((await errorOf(of(1 - 1e-6))).message).toContain("no record is left for training");
    expect((await errorOf(of(1))).message).toContain("must lie between 0 and 1");
  });
});

describe("what the first pass fits", () => {
  const columns = { id: "drop", age: { missing: "mean" }, town: "category" } as const;
  const text = mixedTable(700);

  it.each([
    ["standard", "mean", "classes"],
    ["minmax", "median", "classes"],
    [255, "dropRow", "classes"],
    ["standard", { constant: -3 }, "values"],
    [undefined, "median", "values"],
  ] as const)("is what is fitted in memory: scale %s, missing %s, %s", async (scale, missing, targets) => {
    const label = targets === "classes" ? "kind" : "weight";
    const options = { targets, columns: { ...columns, age: { missing }, ...(targets === "values" && { kind: "category" as const }) } };
    const samples = await loadSamples({ file: bytesOf(text), label }, options);
    const expected = fitPreprocessing(samples, { scale });
    const { preprocessing, sets } = await streamSamples({ file: chunked(text, 511), label }, { ...options, scale });
    expect(roughly(preprocessing)).toEqual(roughly(expected));
    const rows = await rowsOf(sets[0], { batchSize: 64 });
    const { features, targets: wanted } = preprocessSamples(expected, samples);
    close(rows.features, features);
    close(rows.targets, wanted.kind === "classes" ? wanted.indices : wanted.values);
    expect(sets[0].check.dropped).toBe(samples.table?.dropped);
  });

  it("leaves values as they are where that is asked for", async () => {
    const options = {
      targets: "values",
      columns: { ...columns, kind: "category", age: { missing: "mean" } },
      scaleTargets: false,
    } as const;
    const { preprocessing, sets } = await streamSamples({ file: bytesOf(text), label: "weight" }, options);
    expect(preprocessing.target).toEqual({ mean: [0], deviation: 1 });
    const { targets } = await loadSamples({ file: bytesOf(text), label: "weight" }, options);
    close((await rowsOf(sets[0], { batchSize: 64 })).targets, targets.kind === "classes" ? [] : targets.values);
  });

  it("is the same over many blocks", async () => {
    const long = mixedTable(10_000);
    const options = { targets: "classes", columns: { ...columns, age: { missing: "median" } } } as const;
    const samples = await loadSamples({ file: bytesOf(long), label: "kind" }, options);
    const { preprocessing, sets } = await streamSamples({ file: bytesOf(long), label: "kind" }, { ...options, scale: "standard" });
    const expected = fitPreprocessing(samples, { scale: "standard" });
    expect(roughly(preprocessing)).toEqual(roughly(expected));
    expect(sets[0].check).toMatchObject({ rows: 10_000, missing: 909, constant: [2], minimum: -4, maximum: expect.any(Number) });
  });

  it("is of the training rows only", async () => {
    // One row in ten is set aside; the file's largest value is among them, and so is a town of its own.
    const shares = [{ fraction: 0.1, stream: split.substream(0) }];
    const plain = await streamSamples({ file: bytesOf(countingTable(400)), label: 1 }, { targets: "classes", shares });
    const aside = (await rowsOf(plain.sets[1], { batchSize: 100 })).features;
    const rows = Array.from({ length: 400 }, (_, row) =>
      row === aside[0] ? "1e9,Atlantis,0" : `${row},${row % 2 ? "Rome" : "Oslo"},${row % 4}`,
    );
    const table = bytesOf(["x,town,y", ...rows, ""].join("\n"));
    const { preprocessing, sets } = await streamSamples(
      { file: table, label: "y" },
      { targets: "classes", columns: {}, scale: "minmax", shares },
    );
    expect(preprocessing.table?.columns[1].categories).toEqual(["Oslo", "Rome"]);
    expect(preprocessing.scale).toMatchObject({ maximum: [aside.includes(399) ? 398 : 399, 1, 1] });
    expect(sets[1].check.maximum).toBe(1e9);
    const strict = streamSamples(
      { file: table, label: "y" },
      { targets: "classes", columns: { town: { type: "category", unknown: "error" } }, shares },
    );
    expect((await errorOf(strict)).message).toContain("Atlantis");
  });

  it("is exact for any median", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }), (values) => {
        const counter = new MedianCounter();
        for (const value of values) counter.add(value);
        for (const value of values) counter.addAgain(value);
        const sorted = values.toSorted((a, b) => a - b);
        const half = Math.floor(sorted.length / 2);
        expect(counter.result() + 0).toBe((sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2) + 0);
      }),
    );
  });
});

describe("two files in lockstep", () => {
  const features = "a,b\n1,2\n3,4\n5,6\n";

  it.each([
    ["names", "kind\nx\ny\nx\n", [0, 1, 0]],
    ["one-hot", "0,1\n1,0\n0,1\n", [1, 0, 1]],
    ["numbers", "2\n0\n1\n", [2, 0, 1]],
  ])("labels as %s", async (_, labels, wanted) => {
    const source = { features: bytesOf(features), labels: bytesOf(labels) };
    const memory = await loadSamples(
      { features: bytesOf(features), labels: chunked(labels, 2) },
      { targets: "classes", ...(_ === "names" && { header: true }) },
    );
    const { raw, sets } = await streamSamples(source, { targets: "classes" });
    expect(raw.targets).toMatchObject({ classes: memory.targets.kind === "classes" && memory.targets.classes });
    expect(await rowsOf(sets[0], { batchSize: 2 })).toEqual({ features: [1, 2, 3, 4, 5, 6], targets: wanted, sizes: [2, 1] });
    const like = await streamLike(source, (await streamSamples(source, { targets: "classes" })).preprocessing, { targets: "classes" });
    expect((await rowsOf(like, { batchSize: 3 })).targets).toEqual(wanted);
  });

  it("longer than a block stay together", async () => {
    const numbers = Array.from({ length: 9000 }, (_, row) => row);
    const source = { features: bytesOf(numbers.join("\n")), labels: bytesOf(numbers.map((row) => row % 7).join("\n")) };
    const { sets } = await streamSamples(source, { targets: "values" });
    const pass = await rowsOf(sets[0], { batchSize: 500, shuffle: shuffle(1, 1000) });
    const scaled = pass.features.map((row, place) => [row % 7, pass.targets[place]]);
    expect(new Set(scaled.map(([value, target]) => `${value} ${target}`)).size).toBe(7);
    const short = { ...source, labels: bytesOf(numbers.slice(0, 8192).join("\n")) };
    const error = await errorOf(streamSamples(short, { targets: "values" }));
    expect(error.message).toContain("has 8192 labels, but features has 9000 rows");
  });

  it.each(["x\ny\n", "x\ny\nx\nx\nx\n"])("of unequal lengths are an error", async (labels) => {
    const error = await errorOf(streamSamples({ features: bytesOf(features), labels: bytesOf(labels) }, { targets: "classes" }));
    expect(error.message).toMatch(/has \d labels, but features has 3 rows of features/);
  });
});

describe("errors", () => {
  const folder = (): Promise<string> => mkdtemp(join(tmpdir(), "downhill-stream-"));

  it.each([
    ["a row more", countingTable(51)],
    ["a row less", countingTable(49)],
    ["other columns", countingTable(50).replaceAll(",", ",1,")],
    ["a class more", countingTable(50).replace("49,1", "49,9")],
    ["nothing left", ""],
  ])("a file that has changed between two passes: %s", async (_, text) => {
    const path = join(await folder(), "table.csv");
    try {
      await writeFile(path, countingTable(50));
      const { sets } = await streamSamples({ file: path, label: 1 }, { targets: "classes" });
      expect((await rowsOf(sets[0], { batchSize: 8 })).features.length).toBe(50);
      await writeFile(path, text);
      const error = await errorOf(rowsOf(sets[0], { batchSize: 8, shuffle: shuffle(1, 20) }));
      expect(error.message).toMatch(/^.*table\.csv[ :].*has changed since it was first read/);
    } finally {
      await rm(join(path, ".."), { recursive: true });
    }
  });

  it("a source that can be read only once", async () => {
    for (const file of [chunksOf(bytesOf("1,2\n"), 1), new Response("1,2\n"), new Response("1,2\n").body as ReadableStream<Uint8Array>]) {
      const error = await errorOf(streamSamples({ file, label: 1 }, { targets: "classes" }));
      expect(error.message).toContain("can be read only once");
    }
  });

  it("IDX files, a file without a record, a buffer that is no number", async () => {
    const images = streamSamples({ images: "images.idx", labels: "labels.idx" }, { targets: "classes" });
    expect((await errorOf(images)).message).toContain("can't be streamed");
    expect((await errorOf(streamSamples({ file: bytesOf(""), label: 0 }, { targets: "classes" }))).message).toContain("no records");
    const samples = await counting(5);
    expect((await errorOf(rowsOf(samples, { batchSize: 0 }))).message).toContain("batchSize is 0");
    expect((await errorOf(rowsOf(samples, { batchSize: 1, shuffle: shuffle(1, 0.5) }))).message).toContain("buffer is 0.5");
  });

  it("name the record and the line, far into the file too", async () => {
    const table = (at: number, record: string): Uint8Array =>
      bytesOf(["a,y,b", ...Array.from({ length: 12_000 }, (_, row) => (row === at ? record : `${row},x,1.5`)), ""].join("\n"));
    const empty = streamSamples({ file: table(8000, "1,,2"), label: "y" }, { targets: "classes" });
    expect((await errorOf(empty)).message).toContain("table:8002  record 8001: the label is empty");
    const gap = streamSamples({ file: table(11_000, "1,x,nan"), label: "y" }, { targets: "classes", columns: { b: "number" } });
    expect((await errorOf(gap)).message).toContain('table:11002  record 11001, column 2 ("b"): the value is missing');
    const odd = streamSamples({ file: table(6000, "1,x,Infinity"), label: "y" }, { targets: "classes", scale: "standard" });
    expect((await errorOf(odd)).message).toContain('table:6002  record 6001: column 1 ("b") is Infinity; scaling needs finite numbers');
  });
});

// JSON with its numbers to six digits.
function roughly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === "number" ? Number(part.toPrecision(6)) : part)));
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let at = 0; at < expected.length; at += 1)
    expect(Math.abs(actual[at] - expected[at])).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected[at])));
}

it("a set in a file of its own is looked through for categories that training had not", async () => {
  const columns = { town: { unknown: "error" } } as const;
  const options = { targets: "classes", columns } as const;
  const rows = (towns: string): Uint8Array => bytesOf(`town,kind\n${Array.from(towns, (town, row) => `${town},${row % 2}\n`).join("")}`);
  const { preprocessing } = await streamSamples({ file: rows("ababab"), label: "kind" }, options);
  const like = (towns: string) =>
    streamLike({ file: rows(towns), label: "kind" }, preprocessing, {
      targets: "classes",
      layout: preprocessing.table,
      classes: preprocessing.classes,
    });
  expect((await like("bb")).count).toBe(2);
  expect((await errorOf(like("abc"))).message).toMatch(/^table: column 0 \("town"\): "c" is none of the 2 categories of training/);
});
