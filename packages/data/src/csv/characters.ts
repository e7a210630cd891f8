// The bytes that structure a CSV file. All are ASCII, so no byte of a longer UTF-8 sequence is taken for one of them.

const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
const SPACE = 32;
export const QUOTE = 34;
export const PLUS = 43;
export const MINUS = 45;
export const DOT = 46;
export const ZERO = 48;

/** Whether the byte ends a line (of CR LF, each does by itself). */
export function isNewline(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** Whether the byte is a blank, which numbers may stand between. */
export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
