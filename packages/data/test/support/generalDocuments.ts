// Documents as people and programs write them, and some with faults: quotes, doubled and quoted newlines and delimiters, all line
// ends, blank lines, a byte order mark, missing markers, characters of one to four bytes, ragged records.
import type { Draw } from "./numericDocuments.ts";

const DELIMITERS = [",", ",", ";", "\t", "|"];
const ENDS = ["\n", "\n", "\r\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r\n"];
const TEXTS = ["a", "bc", "Zürich", "é", "√2", "😀", "日本", "a b", " x ", "a\0b", "\uFEFF", '5" x 3"', "2024-01-31", "1,5", "x;y", "<p>"];
const MISSING = ["", "", "NA", "N/A", "null", "None", "?", "-", "nan", "NaN"];
const NUMBERS = ["0", "7", "-2.5", "+1.5", "1e3", ".5", "5.", "0.1234567890123", " 8 ", "16777217", "1e-46", "Infinity", "3.4028235e38"];
const SPECIAL = ['"', '"', '""', "\n", "\r", "\r\n", ",", ";", "\t", "|", "a", "é", "1"];
const SOUP = ['"', '"', "\n", "\r", "\r\n", "a", "1", "é", " ", "\uFEFF"];

const from = <Item>(draw: Draw, items: readonly Item[]): Item => items[draw(items.length)];

function text(draw: Draw): string {
  const kind = draw(10);
  if (kind < 3) return from(draw, NUMBERS);
  if (kind < 5) return from(draw, MISSING);
  if (kind < 8) return from(draw, TEXTS);
  return Array.from({ length: draw(6) }, () => from(draw, SPECIAL)).join("");
}

function soup(draw: Draw, delimiter: string): string {
  const units = [...SOUP, delimiter, delimiter];
  return Array.from({ length: draw(40) }, () => from(draw, units)).join("");
}

/** A document of up to 5 columns and 9 rows; one in six has faults, and one in eight is nothing but special characters. */
export function generalDocument(draw: Draw): { text: string; delimiter: string } {
  const delimiter = from(draw, DELIMITERS);
  if (draw(8) === 0) return { text: soup(draw, delimiter), delimiter };
  const columns = 1 + draw(5);
  const faulty = draw(6) === 0;
  const quotedOneIn = 1 + draw(6);
  const end = from(draw, ENDS);
  const field = (): string => {
    const plain = text(draw);
    if (faulty && draw(12) === 0) return from(draw, [`"${plain}`, `"${plain}"x`, `${plain}"`, '"']);
    const needsQuotes = plain === "" || /["\n\r\uFEFF]/.test(plain) || plain.includes(delimiter);
    return needsQuotes || draw(quotedOneIn) === 0 ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  let whole = draw(6) === 0 ? "\uFEFF" : "";
  if (draw(10) === 0) whole += from(draw, ENDS);
  for (let row = draw(9); row >= 0; row -= 1) {
    const wanted = faulty && draw(8) === 0 ? Math.max(1, columns + draw(3) - 1) : columns;
    // An empty field needs no quotes beside others.
    whole += Array.from({ length: wanted }, () => (wanted > 1 && draw(15) === 0 ? "" : field())).join(delimiter);
    if (row > 0 || draw(2) === 0) whole += draw(6) === 0 ? from(draw, ENDS) : end;
  }
  return { text: whole, delimiter };
}
