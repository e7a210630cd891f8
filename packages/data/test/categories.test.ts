import { describe, expect, it } from "vitest";
import { readCsv, type ColumnKind } from "../src/index.ts";
import { readBatches } from "../src/csv/readBatches.ts";
import { randomIntegers } from "./support/numericDocuments.ts";
import { bytesOf, errorOf, readTexts } from "./support/read.ts";

describe("categories", () => {
  it("are the texts as they come, long or short, however many, quoted or not", async () => {
    const draw = randomIntegers(5);
    const texts = Array.from({ length: 2000 }, () => 'é,ab"c'.repeat(draw(9)).slice(draw(3)) + String(draw(500)));
    const chosen = Array.from({ length: 6000 }, () => texts[draw(draw(2) === 0 ? 20 : texts.length)]);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const plain = (text: string): boolean => !/[",]/.test(text);
    const lines = chosen.map((text) => (plain(text) && draw(2) === 0 ? text : quoted(text)));
    const records = await readTexts(bytesOf(lines.map((line) => `${line},1`).join("\n")), { header: false, delimiter: "," });
    expect(records.map(({ fields }) => fields[0])).toEqual(chosen);
  });

  it("of a record that is left out are forgotten, also where they come again", async () => {
    const columns = (): ColumnKind[] => ["category", "number"];
    const seen: string[][] = [];
    for await (const batch of readCsv(bytesOf("a,1\nb,x\nc,2\nb,3\nb,x\na,4\n"), { columns, header: false, malformed: "skip" })) {
      seen.push(
        Array.from(batch.codes, (code) => batch.columns[0].categories[code]),
        [...batch.columns[0].categories],
      );
    }
    expect(seen).toEqual([
      ["a", "c", "b", "a"],
      ["a", "c", "b"],
    ]);
  });
});

describe("numbers that may be missing", () => {
  const kinds = (): ColumnKind[] => ["optional", "number", "optional"];

  it("are NaN where a marker stands, in quotes and between blanks too, by the kernel or not", async () => {
    const written = ["1.5", "", "NA", " ? ", '""', '"null"', "nan", "-2", "N/A"];
    const meant = [1.5, NaN, NaN, NaN, NaN, NaN, NaN, -2, NaN];
    const draw = randomIntegers(6);
    const places = Array.from({ length: 3000 }, () => [draw(written.length), draw(written.length)]);
    const text = places.map(([first, last], row) => `${written[first]},${row},${written[last]}\n`).join("");
    for (const kernelFrom of [0, Number.POSITIVE_INFINITY]) {
      const rows: number[] = [];
      const options = { columns: kinds, header: false, delimiter: "," };
      for await (const { values } of readBatches(bytesOf(text), options, kernelFrom)) rows.push(...values);
      expect(rows).toEqual(places.flatMap(([first, last], row) => [meant[first], row, meant[last]]));
    }
  });

  it("are no words, and other columns' numbers are never missing", async () => {
    const options = { columns: kinds, header: false, name: "t.csv" };
    const messageFor = async (text: string): Promise<string> => (await errorOf(readCsv(bytesOf(text), options).next())).message;
    expect(await messageFor("1,2,3\n,1,none\n")).toBe(
      't.csv:2:4  record 2, column 2: "none" is not a number; expected a number such as 12, -0.5 or 1e-3, or NA where it is missing',
    );
    expect(await messageFor("1,2,3\n1,NA,3\n")).toBe(
      't.csv:2:3  record 2, column 1: "NA" is not a number; expected a number such as 12, -0.5 or 1e-3',
    );
  });
});
