// The delimiter and the header, where the first record alone doesn't tell: the same answer however the bytes are cut.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, type CsvOptions, type TableHead } from "../src/index.ts";
import { bytesOf, chunksOf, cut } from "./support/read.ts";

async function headOf(source: AsyncIterable<Uint8Array> | Uint8Array) {
  let found: Pick<TableHead, "names" | "columns"> | undefined;
  const columns: CsvOptions["columns"] = (head) => {
    found = { names: head.names, columns: head.columns };
    return Array.from({ length: head.columns }, () => "skip");
  };
  for await (const _ of readCsv(source, { columns, malformed: "skip" }));
  return found;
}

/** Records drawn from some texts by a counter. */
function records(count: number, delimiter: string, ...columns: readonly (readonly (string | number)[])[]): string {
  return Array.from({ length: count }, (_, row) =>
    columns.map((texts, column) => texts[(row * (column + 1) + ((row * row) % 7)) % texts.length]).join(delimiter),
  )
    .map((line) => `${line}\n`)
    .join("");
}

const letters = ["e", "p"];
const colors = ["r", "g", "b"];
const shares = ["0.25", "0.5", "0.125"];
const counted = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const names = counted(200).map((index) => `name ${index}`);

describe("a header", () => {
  it.each([
    ["of names over categories", `class,cap,color\n${records(60, ",", letters, letters, colors)}`],
    ["of one name over categories", `kind\n${records(60, ",", letters)}`],
    ["of names over decimal commas", `x;y;kind\n${records(20, ";", ["6,5", "7,7"], ["3,1", "0,1", "6,0"], letters)}`],
    ["of names over dates", "day,place\n2024-01-31,Rome\n2024-02-01,Oslo\n"],
    ["over a gap", "age,town\nNA,Rome\n30,Oslo\n"],
    ["of names and years", `id,2019,2020,grade\n${records(20, ",", counted(20), shares, shares, letters)}`],
    ["of a name and places", "label,0,1,2,3\n5,0,0,7,9\n4,0,8,0,1\n"],
    ["of places behind an empty name", ",0,1,2\n0,5,6,7\n1,7,0,2\n"],
  ])("%s", async (_, text) => {
    const first = text.slice(0, text.indexOf("\n")).split(/[,;]/);
    for (const size of [1, 7, 1000, 1e6]) expect((await headOf(chunksOf(bytesOf(text), size)))?.names).toEqual(first);
  });

  it.each([
    ["categories that come again", records(60, ",", letters, letters, colors)],
    ["a first record with a text of its own", `p,x,violet\n${records(60, ",", letters, ["x", "y"], colors)}`],
    ["a gap over a number", "?,red,p\n5,blue,e\n6,red,p\n5,red,e\n"],
    ["a gap of another sign over a number", "-,red\n5,blue\n6,red\n"],
    ["too few records to tell", "cat\ndog\ndog\n"],
    ["texts that never come again", records(100, ",", names, names.toReversed())],
    ["two names that are the same", `a,a\n${records(60, ",", letters, colors)}`],
    ["decimal commas", records(60, ";", ["6,5", "7,7"], ["3,1", "0,1"], letters)],
    ["a fault in the first record", `abc,2\n${records(30, ",", counted(9), counted(9))}`],
    ["a fraction beside a word", `abc,0.5\n${records(30, ",", counted(9), counted(9))}`],
  ])("none: %s", async (_, text) => {
    for (const size of [1, 7, 1000, 1e6]) expect(await headOf(chunksOf(bytesOf(text), size))).toMatchObject({ names: undefined });
  });
});

describe("a delimiter", () => {
  it.each([
    ["beside decimal commas", records(20, ";", ["1,5", "6,5", "3"], ["2,3", "3"], letters), 3],
    ["beside decimal commas in each record", records(20, ";", ["1,5", "6,5"], ["2,3", "3,1"], letters), 3],
    ["beside commas in names", "Temp, max;Rain, mm;kind\n21,5;3,0;a\n20,1;0,5;b\n", 3],
    ["beside bars in names", "a|b|c,d\n1,2\n3,4\n", 2],
    ["with a ragged record", `a;b,c\n${records(18, ",", [1], [2])}3\n`, 2],
    ["beside semicolons in a text", "a,b,c\n1,2,x;y;z\n3,4,u;v;w\n", 3],
    ["the most frequent where none divides alike", "a;b,c,d\n1\n", 3],
  ])("%s", async (_, text, columns) => {
    for (const size of [1, 5, 1e6]) expect((await headOf(chunksOf(bytesOf(text), size)))?.columns).toBe(columns);
  });
});

it("is the same for any chunking, of texts that look like headers and such that don't", async () => {
  const text = fc.constantFrom("a", "kind", "e", "p", "1", "2", "2019", "0.5", "1,5", "?", "", '"x;y"', '"q"', "NA", "2024-01-31");
  const document = fc.tuple(
    fc.constantFrom(",", ";", "\t"),
    fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 30 }),
    fc.array(fc.nat(400), { maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(document, async ([delimiter, rows, offsets]) => {
      const bytes = bytesOf(rows.map((row) => row.join(delimiter)).join("\n"));
      const find = (source: AsyncIterable<Uint8Array> | Uint8Array) => headOf(source).catch((error: Error) => error.message);
      expect(await find(cut(bytes, ...offsets))).toEqual(await find(bytes));
      expect(await find(chunksOf(bytes, 1))).toEqual(await find(bytes));
    }),
    { numRuns: 200 },
  );
});

it("is found below any number of blank lines", async () => {
  const blank = new Uint8Array(2 ** 20).fill(10);
  async function* file(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let part = 0; part < 36; part += 1) yield blank;
    yield bytesOf("a,b\n1,2\n");
  }
  for await (const { lines } of readCsv(file())) expect(Array.from(lines)).toEqual([36 * 2 ** 20 + 2]);
});
