import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { csvFile } from "../src/csvFiles/csvFile.ts";
import { type CsvFacts, TableText } from "../src/csvFiles/TableText.ts";
import { digits, measurements, type Table } from "../src/csvFiles/tables.ts";

// What a reader finds, by the engine's own conversion.
function factsOf(text: string): CsvFacts {
  const rows = text.split("\n").slice(0, -1);
  const fields = rows.flatMap((row) => row.split(","));
  const bits = new Int32Array(Float32Array.from(fields, Number).buffer);
  const checksum = bits.reduce((sum, word) => (sum + word) | 0, 0) >>> 0;
  return { bytes: text.length, rows: rows.length, columns: fields.length / rows.length, fields: fields.length, checksum };
}

function textOf(table: Table, rows: number): { readonly text: string; readonly facts: CsvFacts } {
  const written = new TableText();
  const writeRow = table.rows();
  for (let row = 0; row < rows; row += 1) writeRow(written);
  return { text: new TextDecoder().decode(written.take()), facts: written.facts };
}

it("writes numbers as they are written by hand", () => {
  const text = new TableText();
  text.field(0);
  text.field(255);
  text.field(12345, 2);
  text.endRow();
  expect(text.facts).toMatchObject({ bytes: 13, rows: 1, columns: 3 });
  expect(new TextDecoder().decode(text.take())).toBe("0,255,123.45\n");
  text.field(4567, 4, true);
  text.field(45, 4);
  text.field(7, 1, true);
  text.endRow();
  expect(new TextDecoder().decode(text.take())).toBe("-0.4567,0.0045,-0.7\n");
  expect(text.facts).toEqual(factsOf("0,255,123.45\n-0.4567,0.0045,-0.7\n"));
});

describe.each([
  ["digits", digits],
  ["measurements", measurements],
])("%s", (_name, table) => {
  const { text, facts } = textOf(table, 1000);

  it("are what their facts say", () => {
    expect(facts).toEqual(factsOf(text));
    expect(facts).toMatchObject({ rows: 1000, columns: table.columns });
  });

  it("take about the bytes a row that they say", () => {
    expect(Math.abs(facts.bytes / facts.rows / table.rowBytes - 1)).toBeLessThan(0.01);
  });

  it("are the same every time, and no row is like another", () => {
    expect(textOf(table, 10).text).toBe(textOf(table, 10).text);
    expect(new Set(text.split("\n")).size).toBe(1001);
  });
});

it("digits are as empty as MNIST, and written in whole numbers up to 255", () => {
  const fields = textOf(digits, 500).text.trimEnd().split(/[,\n]/);
  expect(fields.every((field) => /^(0|[1-9]\d{0,2})$/.test(field) && Number(field) <= 255)).toBe(true);
  const zeros = fields.filter((field) => field === "0").length / fields.length;
  // 80.9% there.
  expect(zeros).toBeGreaterThan(0.79);
  expect(zeros).toBeLessThan(0.83);
});

it("measurements have 4 to 7 significant digits, all of them, and decimals", () => {
  const fields = textOf(measurements, 100).text.trimEnd().split(/[,\n]/);
  expect(fields.every((field) => /^-?(0|[1-9]\d*)\.\d+$/.test(field))).toBe(true);
  const significant = fields.map((field) => field.replace(/^-?(0\.0*)?/, "").replace(".", "").length);
  expect(new Set(significant)).toEqual(new Set([4, 5, 6, 7]));
  expect(fields.some((field) => field.startsWith("-"))).toBe(true);
});

describe("the cache", () => {
  let cache = "";
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "downhill-bench-test-"));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  it("holds a file once, with its facts", async () => {
    const { path, facts } = await csvFile("int", digits, 50, { cache });
    expect(readFileSync(path, "utf8")).toBe(textOf(digits, 50).text);
    expect(facts).toEqual(factsOf(readFileSync(path, "utf8")));
    const { ino } = statSync(path);
    expect(await csvFile("int", digits, 50, { cache })).toEqual({ path, facts });
    expect(statSync(path).ino).toBe(ino);
  });

  it("holds the same text compressed", async () => {
    const { path, facts } = await csvFile("gz", digits, 50, { gzip: true, cache });
    expect(gunzipSync(readFileSync(path)).toString()).toBe(textOf(digits, 50).text);
    expect(facts).toEqual(textOf(digits, 50).facts);
  });

  it("writes a file of several pieces as one", async () => {
    const { path } = await csvFile("int", digits, 1500, { cache });
    expect(readFileSync(path, "utf8")).toBe(textOf(digits, 1500).text);
  });

  it("takes no file for whole without its facts", async () => {
    const { path, facts } = await csvFile("int", digits, 5, { cache });
    rmSync(`${path}.json`);
    expect(await csvFile("int", digits, 5, { cache })).toEqual({ path, facts });
    expect(existsSync(`${path}.json`)).toBe(true);
  });

  it("leaves nothing of a file that could not be written", async () => {
    const broken: Table = {
      ...digits,
      rows: () => () => {
        throw new Error("no more numbers");
      },
    };
    await expect(csvFile("int", broken, 5, { cache })).rejects.toThrow("no more numbers");
    expect(readdirSync(cache)).toEqual([]);
  });
});
