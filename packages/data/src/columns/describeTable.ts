// The first records of a table → what its columns hold. Both the inference of types and a first look at a file start here.
import { sourceName, type ByteSource } from "../bytes/ByteSource.ts";
import { readCsv, type CsvOptions } from "../csv/readCsv.ts";
import { DataError } from "../DataError.ts";
import { inferType, numberOf, type InferredType } from "./inferType.ts";
import { isMissing } from "./missing.ts";

/** The records that are looked at unless it is said otherwise. */
const SAMPLE_RECORDS = 10_000;
const EXAMPLES = 5;

/** One column of a table, as far as it was looked at. */
export interface ColumnDescription {
  /** Its place among all columns, from 0. */
  readonly index: number;
  readonly name?: string;
  readonly type: InferredType;
  /** Records in which it is missing. */
  readonly missing: number;
  /** The line of the first of them, from 1. */
  readonly firstMissingLine?: number;
  /** Different values, the missing ones left out. */
  readonly distinct: number;
  /** The range of a column of numbers. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** The first few different values; of a column that is not of numbers, those that are none come first. */
  readonly examples: readonly string[];
}

/** The first records of a table. */
export interface TableDescription {
  readonly file: string;
  /** The records that were looked at. */
  readonly records: number;
  /** Whether they are all there are. */
  readonly complete: boolean;
  readonly header: boolean;
  readonly columns: readonly ColumnDescription[];
}

/** How to look at a table. */
export interface DescribeOptions extends Pick<CsvOptions, "delimiter" | "header" | "comment" | "signal" | "name" | "malformed"> {
  /** The records to look at; 10,000 if left out. */
  readonly sampleRecords?: number;
}

// What is counted of a column while its records go by.
interface Tally {
  missing: number;
  firstMissingLine?: number;
  /** Its different texts; later records of the same batch may have more. */
  texts: number;
}

/** Looks at the first records of a table; throws a DataError when there are none. */
export async function describeTable(source: ByteSource, options: DescribeOptions = {}): Promise<TableDescription> {
  const { sampleRecords = SAMPLE_RECORDS, ...reading } = options;
  const file = sourceName(source, options.name);
  let header = false;
  let records = 0;
  let complete = true;
  let texts: (readonly string[])[] = [];
  let names: readonly (string | undefined)[] = [];
  const tallies: Tally[] = [];
  const columnsAsText: CsvOptions["columns"] = (head) => {
    header = head.names !== undefined;
    return Array.from({ length: head.columns }, () => "category");
  };
  for await (const { rows, codes, columns, lines } of readCsv(source, { ...reading, columns: columnsAsText })) {
    if (records === sampleRecords) {
      complete = false;
      break;
    }
    const taken = Math.min(rows, sampleRecords - records);
    texts = columns.map(({ categories }) => categories);
    names = columns.map(({ name }) => name);
    columns.forEach((_, column) => {
      const tally = (tallies[column] ??= { missing: 0, texts: 0 });
      count(tally, { texts: texts[column], codes, lines, column, width: columns.length, taken });
    });
    records += taken;
    complete = taken === rows;
    if (!complete) break;
  }
  if (records === 0) throw new DataError("the file holds no records; give a file with at least one", { file });
  return {
    file,
    records,
    complete,
    header,
    columns: texts.map((found, index) => ({
      index,
      ...(names[index] !== undefined && { name: names[index] }),
      ...describeTexts(found.slice(0, tallies[index].texts), records, tallies[index]),
    })),
  };
}

interface ColumnPart {
  readonly texts: readonly string[];
  readonly codes: Int32Array;
  readonly lines: Uint32Array;
  readonly column: number;
  readonly width: number;
  readonly taken: number;
}

function count(tally: Tally, { texts, codes, lines, column, width, taken }: ColumnPart): void {
  const missing = texts.map(isMissing);
  for (let row = 0; row < taken; row += 1) {
    const code = codes[row * width + column];
    // Codes are given in order of appearance.
    tally.texts = Math.max(tally.texts, code + 1);
    if (!missing[code]) continue;
    tally.missing += 1;
    tally.firstMissingLine ??= lines[row];
  }
}

function describeTexts(texts: readonly string[], records: number, tally: Tally): Omit<ColumnDescription, "index" | "name"> {
  const present = texts.filter((text) => !isMissing(text));
  const type = inferType(texts, records - tally.missing);
  const numbers = type === "number" || type === "integer" ? present.flatMap((text) => numberOf(text) ?? []) : [];
  return {
    type,
    missing: tally.missing,
    ...(tally.firstMissingLine !== undefined && { firstMissingLine: tally.firstMissingLine }),
    distinct: numbers.length > 0 ? new Set(numbers).size : new Set(present.map((text) => text.trim())).size,
    ...(numbers.length > 0 && {
      minimum: numbers.reduce((least, number) => Math.min(least, number)),
      maximum: numbers.reduce((most, number) => Math.max(most, number)),
    }),
    examples: (numbers.length > 0 ? present : wordsFirst(present)).slice(0, EXAMPLES),
  };
}

function wordsFirst(texts: readonly string[]): string[] {
  const [words, numbers] = [true, false].map((word) => texts.filter((text) => (numberOf(text) === undefined) === word));
  return [...words, ...numbers];
}
