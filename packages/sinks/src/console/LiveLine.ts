// The last line of an interactive terminal, redrawn in place: carriage return, text, erase to the end of the line. The text
// is kept shorter than the terminal is wide, and the cursor is never hidden, so a killed run leaves the terminal in order.
import type { Terminal } from "../contract/Sink.ts";

const ERASE_TO_END = "\u001b[K";

/** One line that stays below everything else that is printed. */
export class LiveLine {
  readonly #terminal: Terminal;
  #text = "";

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows `text`, which must fit on one line, in the place of what was shown before; an empty text removes the line. */
  draw(text: string): void {
    if (text === "" && this.#text === "") return;
    this.#terminal.write(`\r${text}${ERASE_TO_END}`);
    this.#text = text;
  }

  /** Prints a line that stays, above the live one. */
  print(line: string): void {
    this.#terminal.write(this.#text === "" ? `${line}\n` : `\r${line}${ERASE_TO_END}\n${this.#text}`);
  }
}
