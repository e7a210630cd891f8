// One generated document read as a seed says (columns, chunks, batches, policy, with the kernel or without) and compared with
// the reference, record by record.
import { readBatches } from "../../src/csv/readBatches.ts";
import { DataError, type ColumnKind, type MalformedPolicy } from "../../src/index.ts";
import { generalDocument } from "./generalDocuments.ts";
import { numericDocument, randomIntegers, type Draw } from "./numericDocuments.ts";
import { bytesOf, cut } from "./read.ts";
import { referenceOutcomes, type ReferenceOutcome } from "./referenceCsv.ts";
import { isNumberOf } from "./referenceNumber.ts";
import { withComments } from "./withComments.ts";

/** Which documents a seed draws. */
export type DocumentKind = "numeric" | "general";

interface Reading {
  readonly text: string;
  readonly delimiter: string;
  readonly comment?: string;
  readonly kinds: readonly ColumnKind[];
  readonly offsets: readonly number[];
  readonly batchRows: number;
  readonly kernelFrom: number;
  readonly malformed: MalformedPolicy;
}

interface Row {
  readonly line: number;
  /** A number, a text, or undefined for a column that is only checked. */
  readonly fields: readonly (number | string | undefined)[];
}

interface Found {
  readonly rows: readonly Row[];
  /** The records left out, by number. */
  readonly leftOut: readonly number[];
  /** The record at which reading failed. */
  readonly failed: number | undefined;
}

// A document is split everywhere up to this length.
const SPLIT_BYTES = 200;

/** Reads the document of a seed, with `everySplit` once for each place where a short one can be split in two; what is wrong, or undefined. */
export async function checkDocument(
  kind: DocumentKind,
  seed: number,
  { everySplit = false }: { readonly everySplit?: boolean } = {},
): Promise<string | undefined> {
  const draw = randomIntegers(seed);
  const { text: plain, delimiter } = kind === "numeric" ? numericDocument(draw) : generalDocument(draw);
  const { text, comment } = withComments(draw, plain);
  const outcomes = referenceOutcomes(text, delimiter, comment);
  const reading = { ...drawReading(draw, { text, delimiter }, outcomes, kind), ...(comment !== undefined && { comment }) };
  const { length } = bytesOf(text);
  const splits = everySplit && length <= SPLIT_BYTES ? Array.from({ length }, (_, offset) => [offset]) : [];
  const everyByte = everySplit ? [Array.from({ length }, (_, offset) => offset)] : [];
  for (const offsets of [reading.offsets, ...splits, ...everyByte]) {
    const found = await read({ ...reading, offsets });
    const wrong = typeof found === "string" ? found : difference(found, outcomes, reading);
    if (wrong !== undefined) return `${kind} document of seed ${seed}: ${wrong}\n${JSON.stringify({ ...reading, offsets })}`;
  }
  return undefined;
}

function drawReading(
  draw: Draw,
  { text, delimiter }: Pick<Reading, "text" | "delimiter">,
  outcomes: readonly ReferenceOutcome[],
  kind: DocumentKind,
): Reading {
  const columns = outcomes[0]?.fields?.length ?? 1;
  const { length } = bytesOf(text);
  const choices: readonly ColumnKind[] = kind === "numeric" ? ["number"] : ["category", "category", "category", "number", "skip"];
  const chunks = draw(8);
  return {
    text,
    delimiter,
    kinds: Array.from({ length: columns }, () => choices[draw(choices.length)]),
    // One document in eight comes byte by byte.
    offsets: Array.from({ length: chunks === 7 ? length : chunks }, (_, index) => (chunks === 7 ? index : draw(length + 1))),
    batchRows: 1 + draw(9),
    kernelFrom: draw(3) === 0 ? Number.POSITIVE_INFINITY : draw(2) * draw(length + 1),
    malformed: (["fail", "skip", { limit: draw(4) }] as const)[draw(3)],
  };
}

async function read({ text, kinds, offsets, ...options }: Reading): Promise<Found | string> {
  const rows: Row[] = [];
  const leftOut: number[] = [];
  const onMalformed = ({ record = -1 }: DataError): void => void leftOut.push(record);
  const { kernelFrom, ...rest } = options;
  const reader = readBatches(cut(bytesOf(text), ...offsets), { ...rest, header: false, columns: () => kinds, onMalformed }, kernelFrom);
  try {
    for await (const batch of reader) {
      let value = 0;
      let code = 0;
      for (let row = 0; row < batch.rows; row += 1) {
        const fields = batch.columns.map(({ kind, categories }) => {
          if (kind === "skip") return undefined;
          return kind === "number" ? batch.values[value++] : categories[batch.codes[code++]];
        });
        rows.push({ line: batch.lines[row], fields });
      }
    }
  } catch (error) {
    if (!(error instanceof DataError)) return String(error);
    return { rows, leftOut, failed: error.record ?? -1 };
  }
  return { rows, leftOut, failed: undefined };
}

function difference(found: Found, outcomes: readonly ReferenceOutcome[], { kinds, malformed, batchRows }: Reading): string | undefined {
  const limit = malformed === "fail" ? 0 : malformed === "skip" ? Number.POSITIVE_INFINITY : malformed.limit;
  const isSound = ({ fields }: ReferenceOutcome): boolean =>
    fields?.length === kinds.length && fields.every((field, column) => kinds[column] !== "number" || !isNumberOf(field, undefined));
  const faulty = outcomes.flatMap((outcome, index) => (isSound(outcome) ? [] : [index + 1]));
  // Without the quotes of the first record in order, nothing is known of the columns.
  const headless = outcomes.length > 0 && outcomes[0].fields === undefined;
  const failed = headless ? 1 : faulty[limit];
  // Of two faults that fail a file, that of the second record's quotes may be told first: they are looked at to find a header.
  const atSecond = limit === 0 && failed !== undefined && outcomes[1] !== undefined && outcomes[1].fields === undefined;
  if (atSecond && found.failed === 2 && found.rows.length + found.leftOut.length === 0) return undefined;
  if (found.failed !== failed) return `failed at record ${found.failed}, expected ${failed}`;
  const leftOut = headless ? [] : faulty.filter((record) => failed === undefined || record < failed);
  if (String(found.leftOut) !== String(leftOut)) return `left out records ${String(found.leftOut)}, expected ${String(leftOut)}`;
  const sound = outcomes.filter((outcome, index) => isSound(outcome) && (failed === undefined || index + 1 < failed));
  const given = failed === undefined ? sound.length : sound.length - (sound.length % batchRows);
  if (found.rows.length !== given) return `${found.rows.length} rows, expected ${given}`;
  const wrong = found.rows.findIndex(({ line, fields }, row) => {
    const expected = sound[row].fields ?? [];
    const same = fields.every((field, column) => field === undefined || isSame(field, expected[column]));
    return line !== sound[row].line || !same;
  });
  return wrong < 0 ? undefined : `row ${wrong} is ${JSON.stringify(found.rows[wrong])}, expected ${JSON.stringify(sound[wrong])}`;
}

function isSame(field: number | string, expected: string): boolean {
  return typeof field === "number" ? isNumberOf(expected, field) : field === expected;
}
