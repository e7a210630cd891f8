// A config file as text and as values that nobody has checked yet, for saying where in it something is wrong.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isOverridden } from "../config/loadConfig.ts";
import { applyOverride, type Override } from "../config/overrides.ts";
import { type Jsonc, keyOf, parseJsonc } from "../config/parseJsonc.ts";
import { substituteVariables } from "../config/variables.ts";
import type { PartProblem } from "./lookAtParts.ts";

/** A config file with `--set` and variables filled in, but no defaults. */
export class ConfigText {
  readonly value: unknown;
  /** What relative paths start from. Absolute. */
  readonly directory: string;
  readonly #file: string;
  readonly #jsonc: Jsonc;
  readonly #overrides: readonly Override[];
  readonly #redact: (text: string) => string;

  private constructor(file: string, jsonc: Jsonc, overrides: readonly Override[]) {
    const { value, redact } = substituteVariables(overrides.reduce(applyOverride, jsonc.value), process.env);
    this.value = value;
    this.directory = dirname(resolve(file));
    this.#file = file;
    this.#jsonc = jsonc;
    this.#overrides = overrides;
    this.#redact = redact;
  }

  /** Undefined if there is no such file, or no JSON in it. */
  static async read(file: string, overrides: readonly Override[]): Promise<ConfigText | undefined> {
    const text = await readFile(file, "utf8").catch(() => undefined);
    const jsonc = text === undefined ? undefined : parseJsonc(text);
    return jsonc?.value === undefined ? undefined : new ConfigText(file, jsonc, overrides);
  }

  /** `file:line:column  key  what`, without a place where the value is not the file's, and the message alone where it is of no value. */
  describe({ path, message }: PartProblem): string {
    const shown = this.#redact(message);
    if (path.length === 0) return shown;
    const place = isOverridden(path, this.#overrides) ? undefined : this.#jsonc.place(path);
    const at = place === undefined ? this.#file : `${this.#file}:${place.line}:${place.column}`;
    return `${at}  ${keyOf(path)}  ${shown}`;
  }
}
