// From a CSV file to numbers in batches: ours beside the parsers of JavaScript, those of native libraries, and the limits.
import type { Bench, BenchOptions, BenchResult, Row } from "../Bench.ts";
import type { ContestantProcess } from "../contestants/ContestantProcess.ts";
import { libraryEntry } from "../contestants/entries.ts";
import { type Entry, lineUp } from "../contestants/lineUp.ts";
import { nodeRival, ourProgram } from "../contestants/programs.ts";
import { type CsvFile, csvFile, readThrough } from "../csvFiles/csvFile.ts";
import type { CsvFacts } from "../csvFiles/TableText.ts";
import { digits, measurements, type Table } from "../csvFiles/tables.ts";
import { withInputs } from "../inputs.ts";
import { interleave } from "../interleave.ts";
import { scanModule } from "../machine/scanModule.ts";
import { atTheirBest, type Measured } from "../report/Measured.ts";
import { median, type Ratio, ratioOfRates } from "../report/ratio.ts";
import { checkFound, type CsvReply, type CsvRequest } from "./csvReply.ts";

const OURS = "downhill";
/** Those whose better one is `best-js`. */
const FASTEST_JS: readonly string[] = ["uDSV", "readline"];
/** Every reader has to find these; the limits find less. */
const READERS_FIND: readonly (keyof CsvFacts)[] = ["rows", "checksum"];
const LIMITS_FIND: Readonly<Record<string, readonly (keyof CsvFacts)[]>> = {
  "simd-scan": ["fields"],
  "simd-count": ["fields"],
  gunzip: ["bytes"],
};
/** A part of the table is read before the rounds: first calls run in baseline code. */
const WARM_UP_SHARE = 0.1;
const PAUSE_MS = 100;

/** A file and who reads it. */
interface CsvCase {
  readonly name: string;
  readonly table: Table;
  readonly gzip: boolean;
  readonly entries: (folder: string) => readonly Entry[];
}

/** A contestant with its figures and the most memory it took. */
interface Reader extends Measured {
  readonly peakBytes: number;
}

const CASES: readonly CsvCase[] = [
  { name: "int", table: digits, gzip: false, entries: (folder) => parsers(folder, digits) },
  { name: "float", table: measurements, gzip: false, entries: (folder) => parsers(folder, measurements) },
  { name: "gz", table: digits, gzip: true, entries: (folder) => [ours(folder), nodeOnly("gunzip", "gunzipCsv.mjs", [])] },
];

/** `pnpm bench csv`. */
export const csv: Bench = {
  question: "How fast do numbers come out of a CSV file? Into one batch of 4,096 rows of f32, every value checked.",
  options: { rounds: 4, megabytes: 110, milliseconds: 500 },
  run,
};

async function run({ rounds, megabytes, milliseconds }: BenchOptions, progress: (line: string) => void): Promise<BenchResult> {
  return withInputs({ "scan.wasm": scanModule() }, async (folder) => {
    const results: BenchResult[] = [];
    for (const one of CASES) results.push(await runCase(one, { rounds, megabytes, milliseconds, folder, progress }));
    return {
      rows: results.flatMap(({ rows }) => rows),
      ratios: results.flatMap(({ ratios }) => ratios),
      notes: [
        `Medians of ${rounds} interleaved rounds, each the mean of the readings of ${milliseconds} ms, at least one, from the system's cache; MB are`,
        "of text, also where it is compressed. Summing the bits of all values, in WebAssembly, is part of everyone's time; polars and",
        "DuckDB, on all cores, do so column by column without making rows. RSS is the most that the process has held. best-js: the better of",
        "uDSV and readline. simd-scan writes down where fields end, simd-count only counts the ends, and neither parses.",
        ...new Set(results.flatMap(({ notes }) => notes)),
      ],
    };
  });
}

interface CaseOptions {
  readonly rounds: number;
  readonly megabytes: number;
  readonly milliseconds: number;
  readonly folder: string;
  readonly progress: (line: string) => void;
}

async function runCase({ name, table, gzip, entries }: CsvCase, options: CaseOptions): Promise<BenchResult> {
  const { rounds, megabytes, milliseconds, folder, progress } = options;
  progress(`${name}: the file and the rivals …`);
  const rows = Math.max(1, Math.round((megabytes * 1e6) / table.rowBytes));
  const part = await csvFile(name, table, Math.ceil(WARM_UP_SHARE * rows), { gzip });
  const file = await csvFile(name, table, rows, { gzip });
  await readThrough(file.path);
  const { contestants, notes, close } = await lineUp(entries(folder));
  try {
    const peaks = new Map<string, number>();
    const rate = async (contestant: ContestantProcess, { path, facts }: CsvFile): Promise<number> => {
      const request: CsvRequest = { file: path, milliseconds };
      const reply = await contestant.ask<CsvReply>(request);
      checkFound(contestant.who, reply, facts, LIMITS_FIND[contestant.who] ?? READERS_FIND);
      peaks.set(contestant.who, reply.peakBytes);
      return facts.bytes / reply.milliseconds / 1000;
    };
    for (const contestant of contestants) await rate(contestant, part);
    const rates = await interleave(contestants, {
      rounds,
      pauseMs: PAUSE_MS,
      turn: (contestant) => rate(contestant, file),
      afterRound: (round, figures) =>
        progress(
          `${name} ${round}/${rounds}, MB/s  ${contestants.map(({ who }, index) => `${who} ${figures[index].toFixed(0)}`).join("  ")}`,
        ),
    });
    const readers = contestants.map(({ who, version }, index): Reader => ({
      who,
      version,
      figures: rates[index],
      peakBytes: peaks.get(who) ?? 0,
    }));
    const { bytes, columns } = file.facts;
    return {
      rows: readers.flatMap((reader) => rowsOf(reader, name)),
      ratios: csvRatios(readers, name),
      notes: [`${name}: ${rows} rows of ${columns} columns, ${(bytes / 1e6).toFixed(1)} MB.`, ...notes],
    };
  } finally {
    await close();
  }
}

function parsers(folder: string, { columns }: Table): Entry[] {
  const args = [folder, String(columns)];
  return [
    ours(folder),
    nodeOnly("readline", "readlineCsv.mjs", args),
    libraryEntry("uDSV", "udsvCsv.mjs", args),
    libraryEntry("papaparse", "papaparseCsv.mjs", args),
    libraryEntry("csv-parse", "csvParseCsv.mjs", args),
    libraryEntry("polars", "polarsCsv.mjs", args),
    libraryEntry("duckdb", "duckdbCsv.mjs", args),
    nodeOnly("simd-scan", "scanCsv.mjs", ["index", folder]),
    nodeOnly("simd-count", "scanCsv.mjs", ["count", folder]),
  ];
}

function ours(folder: string): Entry {
  return { who: OURS, prepare: () => ourProgram(OURS, "csv.mjs", [folder]), required: true };
}

// What Node itself can do: nothing to install.
function nodeOnly(who: string, file: string, args: readonly string[]): Entry {
  return { who, prepare: () => nodeRival(who, file, args) };
}

function rowsOf({ who, version, figures, peakBytes }: Reader, name: string): Row[] {
  return [
    { who: `${who}@${name}`, version, value: median(figures), unit: "MB/s" },
    { who: `${who}@${name}`, version, value: peakBytes / 1e6, unit: "MB RSS" },
  ];
}

/** Ours over each of the others as `<case>/<rival>`, and over the better of uDSV and readline where both took part. */
export function csvRatios(all: readonly Measured[], name: string): Ratio[] {
  const own = all.find(({ who }) => who === OURS)?.figures ?? [];
  const js = all.filter(({ who }) => FASTEST_JS.includes(who)).map((one) => ({ ...one, who: "best-js" }));
  const best = js.length === FASTEST_JS.length ? atTheirBest(js, "most") : [];
  return [...best, ...all.filter(({ who }) => who !== OURS)].map(({ who, figures }) => ratioOfRates(`${name}/${who}`, own, figures));
}
