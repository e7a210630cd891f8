// What MLflow takes: the limits of a request, and of the keys and values in it. A server refuses a whole request for one row that is
// outside of them. Source: the REST API's documentation ("Log Batch") and mlflow/utils/validation.py.
import type { Entry } from "./rows.ts";

/** Rows of each kind in one request, rows of all kinds, and the bytes of its body, less some for what is around the rows. */
export const MOST: {
  readonly metrics: number;
  readonly params: number;
  readonly tags: number;
  readonly rows: number;
  readonly bytes: number;
} = { metrics: 1000, params: 100, tags: 100, rows: 1000, bytes: 990_000 };

const LONGEST_KEY = 250;

/** Bytes of a param's value: 6000 today, but servers before 2.8 refuse more than 500. */
export const LONGEST_PARAM = 500;

/** Bytes of a tag's value. */
export const LONGEST_TAG = 5000;

/**
 * A key that MLflow takes for `text`: letters, digits and `_ - . ` and blanks, others become `_`. A slash is allowed, but not everywhere
 * in a key, so it becomes one too; and dots at the beginning would lead out of the run's folder.
 */
export function keyOf(text: string): string {
  const key = text.replace(/[^\w .-]/gu, "_").replace(/^\.+/, "_");
  return key === "" ? "_" : key.slice(0, LONGEST_KEY);
}

/** A row whose key and value MLflow takes; a value of more than `longest` bytes ends with "…". */
export function entry(key: string, value: string, longest: number): Entry {
  return { key: keyOf(key), value: cut(wellFormed(value), longest) };
}

/** The text with U+FFFD for halves of surrogate pairs, which can't be sent. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function cut(text: string, longest: number): string {
  if (Buffer.byteLength(text) <= longest) return text;
  let bytes = Buffer.byteLength("…");
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > longest) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}
