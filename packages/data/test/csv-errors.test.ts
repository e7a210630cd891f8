import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readBatches } from "../src/csv/readBatches.ts";
import { DataError, readCsv } from "../src/index.ts";
import { bytesOf, chunksOf, cut, errorOf, messageOf, readNumbers, readTexts } from "./support/read.ts";

const expected = "expected a number such as 12, -0.5 or 1e-3";

describe("the messages of bad CSV", () => {
  it.each([
    ["junk", "1,2\n3,abc\n", `t.csv:2:3  record 2, column 1: "abc" is not a number; ${expected}`],
    ["junk under a header", "h,age\n1,2\n3,abc\n", `t.csv:3:3  record 2, column 1 ("age"): "abc" is not a number; ${expected}`],
    [
      "junk in the first record",
      "abc,2\n3,4",
      `t.csv:1:1  record 1, column 0: "abc" is not a number; ${expected}; if this line names the columns, set header to true`,
    ],
    [
      "junk in the first record under a header",
      "h,age\n1,abc\n",
      `t.csv:2:3  record 1, column 1 ("age"): "abc" is not a number; ${expected}`,
    ],
    ["an empty field", "1,2,3\n4,,6", `t.csv:2:3  record 2, column 1: the field is empty; ${expected}`],
    ["an empty last field", "1,2\n3,", `t.csv:2:3  record 2, column 1: the field is empty; ${expected}`],
    ["blanks only", "1,2\n3,  \n", `t.csv:2:3  record 2, column 1: the field is empty; ${expected}`],
    ["empty quotes", '1,2\n"",4', `t.csv:2:1  record 2, column 0: the field is empty; ${expected}`],
    ["a decimal comma", '1;2\n"1,5";2', `t.csv:2:1  record 2, column 0: "1,5" is not a number; ${expected}`],
    ["a column behind wide characters", '1;2\n"😀é";x', `t.csv:2:1  record 2, column 0: "😀é" is not a number; ${expected}`],
    ["blank lines before", "\r\n1\r\n\r\nx\r\n", `t.csv:4:1  record 2, column 0: "x" is not a number; ${expected}`],
    ["a long text", `1\n${"x".repeat(50)}`, `t.csv:2:1  record 2, column 0: "${"x".repeat(40)}…" is not a number; ${expected}`],
    ["text of two lines", '1\n"a\nb"', `t.csv:2:1  record 2, column 0: "a\\nb" is not a number; ${expected}`],
    ["a field too few", "1,2,3\n4,5,6\n7,8\n", "t.csv:3:1  record 3 has 2 fields, expected 3 as in line 1; correct or remove it"],
    ["a single field", "\n1,2\n7\n", "t.csv:3:1  record 2 has 1 field, expected 2 as in line 2; correct or remove it"],
    ["a field too many", "a,b\n1,2\n3,4,5\n", "t.csv:3:1  record 2 has 3 fields, expected 2 as in line 1; correct or remove it"],
    ["many too many", "1\n2,,,,\n", "t.csv:2:1  record 2 has 5 fields, expected 1 as in line 1; correct or remove it"],
    [
      "a field too few with text in its place",
      "1,2\nx\n",
      "t.csv:2:1  record 2 has 1 field, expected 2 as in line 1; correct or remove it",
    ],
    ["a field too many behind text", "1,2\nx,y,z", "t.csv:2:1  record 2 has 3 fields, expected 2 as in line 1; correct or remove it"],
    ["an open quote", '1,2\n3,"4\n5,6', "t.csv:2:3  the quote that opens here is never closed; close it, or write it twice inside quotes"],
    [
      "text behind a quote",
      '1,2\n"3"4,5',
      "t.csv:2:4  text follows a closing quote; write a quote inside quotes twice, and nothing behind the last",
    ],
  ])("%s", async (_, text, message) => {
    expect(await messageOf(text)).toBe(message);
    const bytes = bytesOf(text);
    for (let at = 1; at < bytes.length; at += 1)
      expect((await errorOf(readNumbers(cut(bytes, at), { name: "t.csv" }))).message).toBe(message);
  });

  it("give line and column within a record of several lines", async () => {
    const inner = async (): Promise<void> => {
      for await (const _ of readCsv(bytesOf('x,1\n"a\nb\r\nc😀",z\n'), {
        name: "t.csv",
        header: false,
        columns: () => ["category", "number"],
      }));
    };
    expect((await errorOf(inner())).message).toBe(`t.csv:4:6  record 2, column 1: "z" is not a number; ${expected}`);
  });

  it("carry their parts", async () => {
    const error = await errorOf(readNumbers(bytesOf("h\n1\nx"), { name: "t.csv" }));
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ name: "DataError", file: "t.csv", line: 3, column: 1, record: 2 });
  });

  it("number records without the header", async () => {
    expect(await errorOf(readNumbers(bytesOf('1\n"2'), {}))).toMatchObject({ line: 2, record: 2 });
    expect(await errorOf(readNumbers(bytesOf('h\n"2'), { header: true }))).toMatchObject({ line: 2, record: 1 });
    expect(await errorOf(readNumbers(bytesOf("h\n1\n2\n,"), {}))).toMatchObject({ line: 4, record: 3 });
  });

  it("tell bytes that are not UTF-8", async () => {
    const latin = Uint8Array.of(0x61, 10, 0x62, 44, 0xe9, 10);
    const columns = ({ columns: count }: { columns: number }) => Array.from({ length: count }, () => "category" as const);
    const read = async (bytes: Uint8Array): Promise<void> => {
      for await (const _ of readCsv(bytes, { name: "t.csv", columns, header: false }));
    };
    expect((await errorOf(read(Uint8Array.of(0x61, 10, 0xe9, 10)))).message).toBe(
      "t.csv:2:1  the text is not UTF-8; save the file as UTF-8",
    );
    expect((await errorOf(read(latin.subarray(2)))).message).toBe("t.csv:1:3  the text is not UTF-8; save the file as UTF-8");
  });

  it("tell a wrong number of kinds", async () => {
    const reading = readNumbers(bytesOf("1,2"), { name: "t.csv", columns: () => ["number"] });
    expect((await errorOf(reading)).message).toBe("t.csv: the columns option gives 1 kinds, but the file has 2 columns; give one for each");
  });
});

describe("bounded memory", () => {
  const tooLong = "a record is longer than 16 MiB; is a quote left open, or is this no CSV file?";

  it("refuses a record without end, however it comes", async () => {
    let given = 0;
    async function* endless(start: string, text: string) {
      yield bytesOf(start);
      for (const chunk = bytesOf(text); ; given += chunk.length) yield chunk;
    }
    const row = "x".repeat(99_999);
    for (const [start, text, place] of [
      ['1,2\n3,4\n5,"', row, "t.csv:3  "],
      ['1,2\n3,4\n5,"', `${row}\n`, "t.csv:3  "],
      ["", row, "t.csv: "],
    ]) {
      given = 0;
      expect((await errorOf(readNumbers(endless(start, text), { name: "t.csv" }))).message).toBe(place + tooLong);
      expect(given).toBeLessThan(34_000_000);
    }
  });

  it("refuses a field of 100 MB, in quotes or not, in a chunk or in many", async () => {
    for (const quote of ["", '"']) {
      const document = bytesOf(`a,b\n1,2\n3,${quote}${"x".repeat(100_000_000)}${quote}\n`);
      for (const source of [() => document, () => chunksOf(document, 1_000_000)]) {
        // What is held is held each time; what was not collected yet is not.
        const held: number[] = [];
        for (let time = 0; time < 3 && !(Math.min(...held) < 80_000_000); time += 1) {
          const before = process.memoryUsage().arrayBuffers;
          expect((await errorOf(readTexts(source(), { name: "t.csv" }))).message).toBe(`t.csv:3  ${tooLong}`);
          held.push(process.memoryUsage().arrayBuffers - before);
        }
        expect(Math.min(...held)).toBeLessThan(80_000_000);
      }
    }
  });

  it("refuses a small gzip file that would be a record without end", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.concat([bytesOf("1\n2\n"), Buffer.alloc(64 * 1024 * 1024, "1")])));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await errorOf(readNumbers(bomb, { name: "t.csv.gz" }))).message).toBe(`t.csv.gz:3  ${tooLong}`);
  });

  it("takes a first and a second record that are long, but not too long", async () => {
    const long = `${" ".repeat(9 * 1024 * 1024)}7\n`;
    expect(await readNumbers(bytesOf(long + long))).toEqual([[7], [7]]);
  });

  it("refuses a record by its length, not by the chunks it comes in", async () => {
    const limit = 16 * 1024 * 1024;
    const record = (length: number): Uint8Array => bytesOf(`1\n2\n${" ".repeat(length - 2)}7\n`);
    for (const size of [limit, 100_000]) {
      expect(await readNumbers(chunksOf(record(limit), size), { name: "t.csv" })).toEqual([[1], [2], [7]]);
      expect((await errorOf(readNumbers(chunksOf(record(limit + 1), size), { name: "t.csv" }))).message).toBe(`t.csv:3  ${tooLong}`);
    }
  });
});

describe("malformed records", () => {
  const text = 'a,b\n1,2\n3\n4,5,6\n7,"x\ny"\n8,9\n,1\n10,11';
  const faults = [
    "t.csv:3:1  record 2 has 1 field, expected 2 as in line 1; correct or remove it",
    "t.csv:4:1  record 3 has 3 fields, expected 2 as in line 1; correct or remove it",
    `t.csv:5:3  record 4, column 1 ("b"): "x\\ny" is not a number; ${expected}`,
    `t.csv:8:1  record 6, column 0 ("a"): the field is empty; ${expected}`,
  ];

  it("are left out, counted and reported on request, whatever the chunks", async () => {
    const bytes = bytesOf(text);
    for (const kernelFrom of [0, Number.POSITIVE_INFINITY]) {
      for (let size = 1; size <= bytes.length; size += 1) {
        const told: string[] = [];
        const options = { name: "t.csv", malformed: "skip", onMalformed: (error: DataError) => void told.push(error.message) } as const;
        for await (const { values, lines, skipped } of readBatches(chunksOf(bytes, size), options, kernelFrom)) {
          expect([...values]).toEqual([1, 2, 8, 9, 10, 11]);
          expect([...lines]).toEqual([2, 7, 9]);
          expect(skipped).toBe(4);
        }
        expect(told).toEqual(faults);
      }
    }
  });

  it("are left out up to a limit", async () => {
    expect(await readNumbers(bytesOf(text), { malformed: { limit: 4 } })).toEqual([
      [1, 2],
      [8, 9],
      [10, 11],
    ]);
    expect(await messageOf(text, { malformed: { limit: 3 } })).toBe(faults[3]);
    expect(await messageOf(text, { malformed: { limit: 0 } })).toBe(faults[0]);
    expect(await messageOf(text, { malformed: "fail" })).toBe(faults[0]);
  });

  it("leave no category behind, whatever the chunks", async () => {
    const columns = () => ["category", "number"] as const;
    const bytes = bytesOf("a,1\nb,x\nc,2\na,3");
    for (const size of [1, 2, 3, bytes.length]) {
      for await (const { codes, columns: found } of readCsv(chunksOf(bytes, size), { columns, malformed: "skip", header: false })) {
        expect([...codes]).toEqual([0, 1, 0]);
        expect(found[0].categories).toEqual(["a", "c"]);
      }
    }
  });

  it("are left out to the end of the line on which the faulty field starts, where a quote is at fault", async () => {
    const faulty = 'a,b\n1,2\n"3"x,4\n5,6\n"7\n8",9\n10,"11\n12,13\n"14\n15,"16" \n17,18\n19,"20';
    const told: string[] = [];
    const onMalformed = (error: DataError, endKnown: boolean): void => void told.push(`${error.line}:${error.column} ${endKnown}`);
    for (const size of [1, 7, 1000]) {
      told.length = 0;
      expect(await readNumbers(chunksOf(bytesOf(faulty), size), { name: "t.csv", malformed: "skip", onMalformed })).toEqual([
        [1, 2],
        [5, 6],
        [12, 13],
        [17, 18],
      ]);
      expect(told).toEqual(["3:4 false", "5:1 true", "9:2 false", "10:5 false", "10:8 false", "12:4 false"]);
    }
  });

  it("are left out where they stand between the header and the first sound record", async () => {
    const faulty = 'a,b\n"1"x,2\n"3"x,4\n5,6\n';
    for (const size of [1, 1000]) expect(await readNumbers(chunksOf(bytesOf(faulty), size), { malformed: "skip" })).toEqual([[5, 6]]);
  });

  it("are left out when they are longer than 16 MiB, in bounded memory, with no line of theirs kept", async () => {
    const chunk = bytesOf("x".repeat(100_000));
    const long = 160 * 1024 * 1024;
    async function* document(quote: string) {
      yield bytesOf(`a,b\r\n1,2\r\n${quote}`);
      for (let sent = 0; sent < long; sent += chunk.length) yield chunk;
      yield bytesOf("\r");
      yield bytesOf("\n3,4\r\n");
      yield bytesOf("5,6");
    }
    for (const quote of ["", '"']) {
      const errors: DataError[] = [];
      const rows: number[][] = [];
      const before = process.memoryUsage().arrayBuffers;
      let most = 0;
      const onMalformed = (error: DataError): void => void errors.push(error);
      for await (const { values, lines } of readCsv(document(quote), { name: "t.csv", malformed: "skip", onMalformed, batchRows: 1 })) {
        rows.push([...values, ...lines]);
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
      expect(rows).toEqual([
        [1, 2, 2],
        [3, 4, 4],
        [5, 6, 5],
      ]);
      expect(errors.map(({ message, record }) => [message, record])).toEqual([
        ["t.csv:3  a record is longer than 16 MiB; is a quote left open, or is this no CSV file?", 2],
      ]);
      // The window of 16 MiB and what it has outgrown, which is collected at the engine's leisure.
      expect(most).toBeLessThan(long / 2);
    }
  });

  it("can't be the first record, which gives the columns", async () => {
    expect(await messageOf('"1"x,2\n3,4', { malformed: "skip" })).toBe(
      "t.csv:1:4  text follows a closing quote; write a quote inside quotes twice, and nothing behind the last",
    );
  });
});

it("an HTML page is told from a table", async () => {
  const message = "t.csv:2:1  this is an HTML page, no CSV file; check the address, or save the file that the page links to";
  for (const page of ["\n<!DOCTYPE html>\n<p>", '\n<HTML lang="en"><body>a,b', "\n<head>\n"]) expect(await messageOf(page)).toBe(message);
  expect(await readTexts(bytesOf("<htmlx>,1"), { header: false })).toHaveLength(1);
});

describe("options that can't be", () => {
  it.each([
    [{ delimiter: "" }, 'readCsv: the delimiter is ""; it must be one ASCII character, no quote and no newline'],
    [{ delimiter: "::" }, 'readCsv: the delimiter is "::"; it must be one ASCII character, no quote and no newline'],
    [{ delimiter: "é" }, 'readCsv: the delimiter is "é"; it must be one ASCII character, no quote and no newline'],
    [{ delimiter: '"' }, 'readCsv: the delimiter is "\\""; it must be one ASCII character, no quote and no newline'],
    [{ delimiter: "\n" }, 'readCsv: the delimiter is "\\n"; it must be one ASCII character, no quote and no newline'],
    [{ batchRows: 0 }, "readCsv: batchRows is 0; it must be a whole number from 1"],
    [{ malformed: { limit: -1 } }, 'readCsv: malformed is {"limit":-1}; it must be "fail", "skip" or { limit: a whole number }'],
    [{ batchRows: 1.5 }, "readCsv: batchRows is 1.5; it must be a whole number from 1"],
  ])("%j", async (options, message) => {
    expect(await messageOf("1\n", options)).toBe(message);
  });
});
