/** The distinct texts of a category column, numbered in order of appearance. */
export class Dictionary {
  /** The text of code c is texts[c]. */
  readonly texts: string[] = [];
  readonly #codes = new Map<string, number>();

  /** The code of `text`, a new one at its first appearance. */
  code(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }

  /** Forgets all codes from `count` on. */
  shrink(count: number): void {
    for (const text of this.texts.splice(count)) this.#codes.delete(text);
  }
}
