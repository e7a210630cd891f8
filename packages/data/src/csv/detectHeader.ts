// Whether a first record names the columns: told by what stands below it. A name is a word over numbers, or one that doesn't come
// again over texts that do.
import { isMissing } from "../columns/missing.ts";
import { fieldNumber, type Field } from "./fields.ts";

// A header of words that stand over words: the chance that a record of the table has in each column a text that no other record has.
const UNLIKELY = 0.05;
// So many numbers that count up are names of columns by themselves; fewer must be none that their columns could hold.
const COUNTED_NAMES = 3;
const COLUMN_RECORDS = 10;

/** The number of records to look at. */
export const HEADER_RECORDS = 100;

// What is numbers, dates, or numbers with commas in them.
const QUANTITY = /^[\s\d.,:/+-]*\d[\s\d.,:/+%-]*$/;
const DECODER = new TextDecoder();

interface Cell {
  readonly text: string;
  readonly number: number | undefined;
}

/** Whether the record below settles it: a header of words, one of them over a number, or no header as there is no word. */
export function headerAtOnce(bytes: Uint8Array, first: readonly Field[], below: readonly Field[]): boolean | undefined {
  const cells = first.map((field) => cellOf(bytes, field));
  const numbers = cells.filter(({ number }) => number !== undefined).length;
  if (!cells.some(isWord) && !(cells[0].text === "" && numbers === cells.length - 1)) return false;
  if (below.length === 0) return false;
  const overNumber = below.some(
    (field, column) => column < cells.length && isWord(cells[column]) && cellOf(bytes, field).number !== undefined,
  );
  return numbers === 0 && overNumber ? true : undefined;
}

/** Whether `first` is a header over `records`. */
export function isHeader(bytes: Uint8Array, first: readonly Field[], records: readonly (readonly Field[])[]): boolean {
  const cells = first.map((field) => cellOf(bytes, field));
  const rows = records.filter(({ length }) => length === first.length);
  const columns = cells.map((_, column) =>
    rows.map((row) => cellOf(bytes, row[column])).filter(({ text, number }) => number !== undefined || !isMissing(text)),
  );
  const places = Array.from(cells.keys());
  const overQuantities = places.filter(
    (place) => (isWord(cells[place]) || (place === 0 && cells[0].text === "")) && areQuantities(columns[place]),
  );
  const again = places.filter((place) => isWord(cells[place]) && columns[place].some(({ text }) => text === cells[place].text));
  if (cells.some(({ number }) => number !== undefined)) {
    return overQuantities.length > 0 && again.length === 0 && areNames(cells, columns);
  }
  const words = overQuantities.filter((place) => isWord(cells[place]));
  if (words.length > 0) return words.length >= again.length;
  if (again.length > 0 || new Set(cells.map(({ text }) => text)).size < cells.length) return false;
  return places.reduce((chance, place) => chance * (isWord(cells[place]) ? chanceOfNew(columns[place]) : 1), 1) <= UNLIKELY;
}

function cellOf(bytes: Uint8Array, { start, end }: Field): Cell {
  const text = DECODER.decode(bytes.subarray(start, end)).trim();
  const unquoted = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
  const number = fieldNumber(bytes, start, end);
  return { text: unquoted, number: Number.isNaN(number) ? undefined : number };
}

function isWord({ text, number }: Cell): boolean {
  return number === undefined && /\p{L}/u.test(text) && !isMissing(text);
}

function areQuantities(column: readonly Cell[]): boolean {
  return column.length > 0 && column.every(({ text, number }) => number !== undefined || QUANTITY.test(text));
}

// Numbers as names of columns: 0, 1, 2 … or ones that stand far from what is below, such as years over shares.
function areNames(cells: readonly Cell[], columns: readonly (readonly Cell[])[]): boolean {
  const places = Array.from(cells.keys()).filter((place) => cells[place].number !== undefined);
  const numbers = places.map((place) => cells[place].number as number);
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0) || new Set(numbers).size < numbers.length) return false;
  if (cells.some((cell, place) => cell.number === undefined && !isWord(cell) && !(place === 0 && cell.text === ""))) return false;
  if (numbers.length >= COUNTED_NAMES && numbers.every((number, index) => number === numbers[0] + index)) return true;
  return places.every((place, index) => {
    const below = columns[place].flatMap(({ number }) => number ?? []);
    if (below.length < COLUMN_RECORDS || below.length < columns[place].length) return false;
    return numbers[index] < Math.min(...below) || numbers[index] > Math.max(...below);
  });
}

// That the next text is one that hasn't come yet, from how many came once (Good 1953).
function chanceOfNew(column: readonly Cell[]): number {
  const counts = new Map<string, number>();
  for (const { text } of column) counts.set(text, (counts.get(text) ?? 0) + 1);
  const once = Array.from(counts.values()).filter((count) => count === 1).length;
  return (once + 1) / (column.length + 1);
}
