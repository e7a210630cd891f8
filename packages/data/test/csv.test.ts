import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv } from "../src/index.ts";
import { bytesOf, chunksOf, cut, messageOf, readNumbers, readTexts } from "./support/read.ts";
import { referenceRecords } from "./support/referenceCsv.ts";

const plain = { header: false, delimiter: "," } as const;

describe("the grammar", () => {
  const cases: [what: string, text: string, records: string[][]][] = [
    ["nothing", "", []],
    ["only blank lines", "\n\r\n\r\n", []],
    [
      "no final newline",
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a final newline",
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "CR LF",
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "CR",
      "a,b\rc,d\r",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["all line ends mixed", "a\rb\nc\r\nd\n\re", [["a"], ["b"], ["c"], ["d"], ["e"]]],
    ["blank lines between", "\n\na\n\n\nb\r\n\r\n\r\nc\n\n", [["a"], ["b"], ["c"]]],
    ["a byte order mark", "\uFEFFa,b", [["a", "b"]]],
    ["a byte order mark before a quote", '\uFEFF"a,b"', [["a,b"]]],
    ["a byte order mark further on is text", "a\n\uFEFFb", [["a"], ["\uFEFFb"]]],
    ["a delimiter in quotes", 'a,"b,c"', [["a", "b,c"]]],
    ["doubled quotes", '"say ""hi""",""""', [['say "hi"', '"']]],
    ["empty quotes", '"",""', [["", ""]]],
    [
      "a newline in quotes",
      '"a\nb\r\nc\rd",e\nf,g',
      [
        ["a\nb\r\nc\rd", "e"],
        ["f", "g"],
      ],
    ],
    ["a quote within a plain field", 'a"b,5" x 3"', [['a"b', '5" x 3"']]],
    ["a blank before a quote makes it plain", 'a, "b"', [["a", ' "b"']]],
    ["blanks are text", " a , b ", [[" a ", " b "]]],
    [
      "empty fields",
      ",,\n,x,",
      [
        ["", "", ""],
        ["", "x", ""],
      ],
    ],
    [
      "UTF-8 of two to four bytes",
      "é,√\n😀,ö",
      [
        ["é", "√"],
        ["😀", "ö"],
      ],
    ],
    ["a NUL", "a\0b,c", [["a\0b", "c"]]],
  ];
  it.each(cases)("%s, whatever the chunks", async (_, text, records) => {
    const bytes = bytesOf(text);
    const fields = async (source: AsyncIterable<Uint8Array> | Uint8Array) =>
      (await readTexts(source, plain)).map((record) => record.fields);
    expect(await fields(bytes)).toEqual(records);
    for (let at = 1; at < bytes.length; at += 1) expect(await fields(cut(bytes, at))).toEqual(records);
    expect(await fields(chunksOf(bytes, 1))).toEqual(records);
  });

  it("counts lines as an editor does, those within quotes too", async () => {
    const text = '\n"a\nb\r\nc",1\r\n\r\n"d\re",2\rf,3';
    expect((await readTexts(bytesOf(text), plain)).map((record) => record.line)).toEqual([2, 6, 8]);
  });

  // All but location_coordinates: its degree signs are no UTF-8, and its expected output has another telephone number.
  const folder = dirname(createRequire(import.meta.url).resolve("csv-spectrum"));
  const files = readdirSync(`${folder}/csvs`).filter((name) => name !== "location_coordinates.csv");
  it("finds csv-spectrum", () => {
    expect(files).toHaveLength(11);
  });
  it.each(files)("csv-spectrum at every chunk size: %s", async (name) => {
    const bytes = new Uint8Array(readFileSync(`${folder}/csvs/${name}`));
    const expected = JSON.parse(readFileSync(`${folder}/json/${name.replace(".csv", ".json")}`, "utf8")) as Record<string, string>[];
    for (let size = 1; size <= bytes.length; size += 1) {
      const [names, ...rows] = (await readTexts(chunksOf(bytes, size), plain)).map((record) => record.fields);
      expect(rows.map((row) => Object.fromEntries(row.map((field, column) => [names[column], field])))).toEqual(expected);
    }
  });
});

describe("against the reference parser", () => {
  // Documents as people write them: any texts in quotes where needed, any line ends, blank lines, a mark, a last newline or none.
  const field = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "1", ".", " ", "é", "😀", '"', ",", "\n", "\r", ";", "\t"), maxLength: 5 }),
    fc.string(),
  );
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const document = fc.integer({ min: 1, max: 5 }).chain((columns) =>
    fc
      .record({
        rows: fc.array(fc.array(fc.tuple(field, fc.boolean()), { minLength: columns, maxLength: columns }), { maxLength: 6 }),
        ends: fc.array(fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\r\n\n"), { minLength: 6, maxLength: 6 }),
        mark: fc.boolean(),
        last: fc.boolean(),
      })
      .map(({ rows, ends, mark, last }) => {
        const lines = rows.map((row) =>
          row.map(([text, always]) => (always || /[",\n\r\uFEFF]/.test(text) || text === "" ? quoted(text) : text)).join(","),
        );
        return {
          rows: rows.map((row) => row.map(([text]) => text)),
          text: (mark ? "\uFEFF" : "") + lines.map((line, row) => (row === lines.length - 1 && !last ? line : line + ends[row])).join(""),
        };
      }),
  );
  const offsets = fc.array(fc.nat(200), { maxLength: 8 });

  it("reads what was written, cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(document, offsets, async ({ rows, text }, at) => {
        const records = referenceRecords(text);
        expect(records.map((record) => record.fields)).toEqual(rows);
        expect(await readTexts(cut(bytesOf(text), ...at), plain)).toEqual(records);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same numbers, header, delimiter and errors for any chunking", async () => {
    const cell = fc.constantFrom("1", "-2.5", "1e3", '"7"', " 8 ", "0.1234567890123", "x", "", "NaN", "abc");
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n", "\r"),
        offsets,
        async (rows, delimiter, end, at) => {
          const bytes = bytesOf(rows.map((row) => row.join(delimiter)).join(end));
          const read = async (source: AsyncIterable<Uint8Array> | Uint8Array) => readNumbers(source).catch((error: Error) => error.message);
          expect(await read(cut(bytes, ...at))).toEqual(await read(bytes));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("detection", () => {
  const head = async (text: string, size = 1) => {
    for await (const batch of readCsv(chunksOf(bytesOf(text), size), {
      columns: ({ columns }) => Array.from({ length: columns }, () => "category"),
    })) {
      return { names: batch.columns.map(({ name }) => name), columns: batch.columns.length, line: batch.lines[0] };
    }
    return undefined;
  };
  it.each([
    ["a,b\n1,2", 2],
    ["a;b;c\n1,5;2;3", 3],
    ["a\tb\n1\t2", 2],
    ["a|b\n1|2", 2],
    ["5\n6\n", 1],
    ["1;2,3|4;5", 3],
    ['"a"";b;c",1\n', 2],
    ['a,b;"x\nyy\nz";c\n1;2;3', 3],
    ['"x\n;;;",1\n', 2],
  ])("finds the delimiter of %j", async (text, columns) => {
    for (const size of [1, 2, 100]) expect((await head(text, size))?.columns).toBe(columns);
  });
  it.each([
    ["names over numbers", "a,b\n1,2\n", ["a", "b"]],
    ["names over numbers and a name", "a,b\n1,x\n", ["a", "b"]],
    ["one empty name", ",b\n0,2\n", ["", "b"]],
    ["blank lines around it", "\na,b\n\n1,2\n", ["a", "b"]],
    ["a quoted name", '"a","b ""c"""\n1,2\n', ["a", 'b "c"']],
    ["numbers only", "1,2\n3,4\n", undefined],
    ["names in every record", "5.1,x\n4.9,x\n", undefined],
    ["text only", "a,b\nc,d\n", undefined],
    ["one record", "a,b\n", undefined],
    ["a fault among numbers", "1,x\n1,2\n", undefined],
    ["an empty field over a number", ",\n1,2\n", undefined],
  ])("a header: %s", async (_, text, names) => {
    for (const size of [1, 3, 100]) expect((await head(text, size))?.names).toEqual(names ?? [undefined, undefined]);
  });

  it("gives way to the options", async () => {
    expect(await readNumbers(bytesOf("1;2\n3;4"), { header: true })).toEqual([[3, 4]]);
    expect((await readTexts(bytesOf("a\n1"), { header: false })).map((record) => record.fields)).toEqual([["a"], ["1"]]);
    expect((await readTexts(bytesOf("a:b,c\n1:2"), { delimiter: ":" })).map((record) => record.fields)).toEqual([["1", "2"]]);
    expect(await readNumbers(bytesOf("a,b\n"), { header: true })).toEqual([]);
  });
});

describe("batches of records", () => {
  it("hold batchRows rows, the last one the rest, in arrays that are used again", async () => {
    const sizes: number[] = [];
    const buffers = new Set<ArrayBufferLike>();
    let sum = 0;
    const text = Array.from({ length: 10 }, (_, row) => `${row},${row % 3 === 0 ? "x" : "y"}`).join("\n");
    for await (const batch of readCsv(bytesOf(text), { batchRows: 4, columns: () => ["number", "category"] })) {
      sizes.push(batch.rows);
      buffers.add(batch.values.buffer);
      expect([batch.values.length, batch.codes.length, batch.lines.length]).toEqual([batch.rows, batch.rows, batch.rows]);
      for (let row = 0; row < batch.rows; row += 1) {
        expect(batch.columns[1].categories[batch.codes[row]]).toBe(batch.values[row] % 3 === 0 ? "x" : "y");
        expect(batch.lines[row]).toBe(batch.values[row] + 1);
        sum += batch.values[row];
      }
    }
    expect([sizes, buffers.size, sum]).toEqual([[4, 4, 2], 1, 45]);
  });

  it("leave out skipped columns, whatever is in them", async () => {
    const columns = () => ["number", "skip", "number"] as const;
    const rows: number[][] = [];
    for await (const { values } of readCsv(bytesOf('1,"a\n,b",2\n3,,4'), { columns })) rows.push([...values]);
    expect(rows).toEqual([[1, 2, 3, 4]]);
  });

  it.each(["\n", "\r\n", "\r"])("come as soon as their bytes have, lines ending with %j", async (end) => {
    async function* silent() {
      for (const part of `1${end}2${end}3${end}4`) yield bytesOf(part);
      await new Promise(() => {});
    }
    const { value } = await readCsv(silent(), { batchRows: 2 }).next();
    expect(Array.from(value?.values ?? [])).toEqual([1, 2]);
  });

  it("ask for bytes only when the consumer asks for rows", async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield bytesOf("1,2\n3,4\n");
      }
    }
    const reader = readCsv(endless(), { batchRows: 4 });
    await reader.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(given).toBeLessThanOrEqual(3);
    await reader.return();
  });

  it("handle files that are larger than the window, with records longer than a chunk", async () => {
    const rows = 300;
    const columns = 2000;
    const line = (row: number) => Array.from({ length: columns }, (_, column) => (row * columns + column) % 1000).join(",");
    const bytes = bytesOf(Array.from({ length: rows }, (_, row) => line(row)).join("\n"));
    let at = 0;
    for await (const { values } of readCsv(chunksOf(bytes, 1000), { batchRows: 7 })) {
      for (const value of values) {
        if (value !== at % 1000) expect.unreachable(`value ${at} is ${value}`);
        at += 1;
      }
    }
    expect(at).toBe(rows * columns);
  });
});

describe("comments", () => {
  const text = "# made by hand\n#\na,b\n1,2\n# 9,9\r\n\n3,4\n5,6\n#last";

  it("are passed over wherever a record could begin, before the header too, and keep their lines", async () => {
    for (const size of [1, 2, 3, 100]) {
      const records = await readTexts(chunksOf(bytesOf(text), size), { comment: "#" });
      expect(records.map(({ line, fields }) => [line, ...fields])).toEqual([
        [4, "1", "2"],
        [7, "3", "4"],
        [8, "5", "6"],
      ]);
      expect(await readNumbers(chunksOf(bytesOf(text), size), { comment: "#" })).toEqual([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
    }
  });

  it("are records unless a character is given, and it can't be part of one", async () => {
    expect(await messageOf("1,2\n# 3\n")).toContain("t.csv:2:1  record 2 has 1 field");
    for (const comment of ["", "##", "1", "-", '"', "a", ",", "é", "\n"]) {
      expect(await messageOf("1,2\n", { comment, delimiter: "," })).toContain("the comment is");
    }
  });
});
