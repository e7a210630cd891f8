// The distinct texts of a column → what kind of values they are.
import { parseNumber } from "../csv/parseNumber.ts";
import { isMissing } from "./missing.ts";

/** What a column's values look like: "commaNumber" are numbers written with commas, such as 6,5; "empty" when all are missing. */
export type InferredType = "number" | "integer" | "category" | "text" | "date" | "commaNumber" | "empty";

/** More distinct texts than this would make too many features of one column. */
const MAX_INFERRED_CATEGORIES = 100;

// 2024-01-31, 2024/1/31, 31.1.2024, 1/31/24, each with or without a time behind it; or a time alone.
const TIME = String.raw`\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?`;
const DAY = String.raw`(\d{4}(?<sign>[-/.])\d{1,2}\k<sign>\d{1,2}|\d{1,2}(?<mark>[-/.])\d{1,2}\k<mark>\d{2,4})`;
const DATE = new RegExp(`^(${DAY}([T ]\\s*${TIME})?|${TIME})$`);

// 6,5 and 1.234,5; 1,234 may be either, and with a point behind it is thousands.
const COMMA_NUMBER = /^[+-]?(\d*(,\d+)+(\.\d+)?|\d{1,3}(\.\d{3})+,\d+)$/;

/**
 * The type of a column with these distinct texts, `records` of them not missing. Texts are categories when there are at most 100
 * and each stands twice on average.
 */
export function inferType(texts: readonly string[], records: number): InferredType {
  const present = texts.filter((text) => !isMissing(text));
  if (present.length === 0) return "empty";
  const numbers = present.map(numberOf);
  if (numbers.every((number) => number !== undefined)) return numbers.every(Number.isInteger) ? "integer" : "number";
  const trimmed = new Set(present.map((text) => text.trim()));
  if ([...trimmed].every((text) => DATE.test(text))) return "date";
  if (present.every((text, index) => numbers[index] !== undefined || COMMA_NUMBER.test(text.trim()))) return "commaNumber";
  return trimmed.size <= MAX_INFERRED_CATEGORIES && records >= 2 * trimmed.size ? "category" : "text";
}

/** The number that a text writes, rounded to f32; undefined when it writes none. */
export function numberOf(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  return parseNumber(bytes, 0, bytes.length);
}
