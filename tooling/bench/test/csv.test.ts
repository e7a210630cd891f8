import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvRatios } from "../src/benches/csv.ts";
import { checkFound, type CsvReply } from "../src/benches/csvReply.ts";
import { type ContestantCommand, ContestantProcess } from "../src/contestants/ContestantProcess.ts";
import { nodeRival, ourProgram } from "../src/contestants/programs.ts";
import { type CsvFile, csvFile } from "../src/csvFiles/csvFile.ts";
import { digits, measurements } from "../src/csvFiles/tables.ts";
import { withInputs } from "../src/inputs.ts";
import { scanModule } from "../src/machine/scanModule.ts";
import type { Measured } from "../src/report/Measured.ts";

const measured = (who: string, ...figures: number[]): Measured => ({ who, version: "", figures });
const ratiosOf = (all: readonly Measured[]) => csvRatios(all, "int").map(({ name, value }) => [name, value]);

it("compares ours with everyone, and with the better of the two fastest in JavaScript", () => {
  const all = [measured("downhill", 600), measured("readline", 60), measured("uDSV", 100), measured("simd-scan", 1200)];
  expect(ratiosOf(all)).toEqual([
    ["int/best-js", 6],
    ["int/readline", 10],
    ["int/uDSV", 6],
    ["int/simd-scan", 0.5],
  ]);
});

it("knows no best in JavaScript where one of the two is missing", () => {
  expect(ratiosOf([measured("downhill", 600), measured("readline", 60)])).toEqual([["int/readline", 10]]);
});

describe("what was found", () => {
  const facts = { bytes: 12, rows: 2, columns: 3, fields: 6, checksum: 7 };
  const reply = (found: CsvReply["found"]): CsvReply => ({ milliseconds: 1, found, peakBytes: 1 });

  it("may be what the program was to find", () => {
    expect(() => checkFound("it", reply({ rows: 2, checksum: 7 }), facts, ["rows", "checksum"])).not.toThrow();
    expect(() => checkFound("it", reply({ fields: 6 }), facts, ["fields"])).not.toThrow();
  });

  it("may not be wrong, or missing", () => {
    expect(() => checkFound("it", reply({ rows: 2, checksum: 8 }), facts, ["rows", "checksum"])).toThrow(
      "it does not read the file: it finds 8 as its checksum, it should be 7",
    );
    expect(() => checkFound("it", reply({ checksum: 7 }), facts, ["rows", "checksum"])).toThrow("undefined as its rows");
  });
});

// The programs that need nothing installed, on files of more than a batch and of no whole number of them.
describe("programs read what the generator wrote", () => {
  const ROWS = 4500;
  let cache = "";
  let [plain, compressed, decimals]: CsvFile[] = [];
  beforeAll(async () => {
    cache = mkdtempSync(join(tmpdir(), "downhill-bench-test-"));
    plain = await csvFile("int", digits, ROWS, { cache });
    compressed = await csvFile("int", digits, ROWS, { gzip: true, cache });
    decimals = await csvFile("float", measurements, ROWS, { cache });
  });
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  async function found(start: (folder: string) => ContestantCommand, { path }: CsvFile): Promise<CsvReply["found"]> {
    return withInputs({ "scan.wasm": scanModule() }, async (folder) => {
      const contestant = new ContestantProcess(start(folder));
      try {
        await contestant.ready();
        const reply = await contestant.ask<CsvReply>({ file: path, milliseconds: 1 });
        expect(reply.peakBytes).toBeGreaterThan(1e7);
        return reply.found;
      } finally {
        await contestant.close();
      }
    });
  }

  it("ours", async () => {
    const program = (folder: string) => ourProgram("ours", "csv.mjs", [folder]);
    for (const file of [plain, compressed, decimals]) {
      const { rows, checksum } = file.facts;
      expect(await found(program, file)).toEqual({ rows, checksum });
    }
  });

  it("readline and split", async () => {
    for (const file of [plain, decimals]) {
      const { rows, columns, checksum } = file.facts;
      expect(await found((folder) => nodeRival("it", "readlineCsv.mjs", [folder, String(columns)]), file)).toEqual({ rows, checksum });
    }
  });

  it.each(["count", "index"])("the scan that does %s", async (name) => {
    for (const file of [plain, decimals]) {
      expect(await found((folder) => nodeRival("it", "scanCsv.mjs", [name, folder]), file)).toEqual({ fields: file.facts.fields });
    }
  });

  it("gunzip", async () => {
    expect(await found((folder) => nodeRival("it", "gunzipCsv.mjs", [folder]), compressed)).toEqual({ bytes: plain.facts.bytes });
  });

  it("says so where there is no file", async () => {
    for (const file of ["readlineCsv.mjs", "gunzipCsv.mjs"]) {
      const nowhere = { path: join(cache, "nowhere.csv"), facts: plain.facts };
      await expect(found((folder) => nodeRival("it", file, [folder, "785"]), nowhere)).rejects.toThrow("ENOENT");
    }
  });
});
