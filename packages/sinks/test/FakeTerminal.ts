// A terminal that understands what the console sink may send: text, newline, carriage return and "erase to the end of the
// line". Anything else is an error, and so is a line that wraps.
import type { Terminal } from "../src/contract/Sink.ts";

// A control sequence, or any one character.
const TOKEN = new RegExp(String.raw`\u001b\[[0-9;]*[A-Za-z]|[^]`, "gu");

export class FakeTerminal implements Terminal {
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly columns: number;
  readonly writes: string[] = [];
  /** Rows that got longer than the terminal is wide. */
  readonly wrapped: string[] = [];
  #rows: string[] = [""];
  #column = 0;

  constructor({ interactive = true, colour = false, columns = 80 }: { interactive?: boolean; colour?: boolean; columns?: number } = {}) {
    this.interactive = interactive;
    this.colour = colour;
    this.columns = columns;
  }

  /** What a person sees, without an empty last row. */
  get screen(): string {
    return this.#rows
      .map((row) => row.trimEnd())
      .join("\n")
      .replace(/\n$/, "");
  }

  /** The row that the cursor is in. */
  get lastRow(): string {
    return this.#rows.at(-1) ?? "";
  }

  write(text: string): void {
    this.writes.push(text);
    for (const token of text.match(TOKEN) ?? []) this.#take(token);
  }

  #take(token: string): void {
    const row = this.lastRow;
    if (token === "\n") {
      this.#rows.push("");
      this.#column = 0;
    } else if (token === "\r") this.#column = 0;
    else if (token === "\u001b[K") this.#rows[this.#rows.length - 1] = row.slice(0, this.#column);
    else if (/^\p{Cc}\[[0-9;]*m$/u.test(token)) {
      if (!this.colour) throw new Error("a colour on a terminal without colours");
    } else if (/\p{Cc}/u.test(token)) throw new Error(`the terminal does not know ${JSON.stringify(token)}`);
    else {
      this.#rows[this.#rows.length - 1] = row.slice(0, this.#column) + token + row.slice(this.#column + 1);
      this.#column += 1;
      if (this.#column >= this.columns) this.wrapped.push(this.lastRow);
    }
  }
}
