// `${VAR}` and `${VAR:default}` in string values. The values are used, the names are shown: what came from the
// environment may be a secret.
import type { DescribedIssue } from "./describeIssues.ts";
import { type KeyPath, keyOf } from "./parseJsonc.ts";

const VARIABLE = /\$\{([A-Za-z_]\w*)(?::([^}]*))?\}/g;

/** A value with its variables filled in, and where they stood. */
export interface Substituted {
  readonly value: unknown;
  /** The text as written, by the key path (as JSON) of each string that holds a variable. */
  readonly written: ReadonlyMap<string, string>;
  readonly problems: readonly DescribedIssue[];
  /** The text with every value that came from the environment replaced by its `${VAR}`. */
  redact(text: string): string;
}

/** Shorter values are no secrets, and would be found in every other word. */
const SHORTEST_REDACTED = 4;

/** Fills in the variables of every string in `value`; an unset variable without a default is a problem. */
export function substituteVariables(value: unknown, environment: Readonly<Record<string, string | undefined>>): Substituted {
  const written = new Map<string, string>();
  const problems: DescribedIssue[] = [];
  const used = new Map<string, string>();
  const substitute = (text: string, path: KeyPath): string => {
    const filled = text.replaceAll(VARIABLE, (match: string, name: string, fallback: string | undefined) => {
      written.set(JSON.stringify(path), text);
      const given = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (given !== undefined && given.length >= SHORTEST_REDACTED) {
        // As it stands, in an address, in JSON, and in a header.
        const forms = [given, encodeURIComponent(given), JSON.stringify(given).slice(1, -1), Buffer.from(given).toString("base64")];
        for (const form of forms) used.set(form, `\${${name}}`);
      }
      const found = given ?? fallback;
      if (found === undefined) {
        problems.push({ path, key: keyOf(path), message: `the environment has no ${name}; set it, or write \${${name}:default}` });
        return match;
      }
      return found;
    });
    return filled;
  };
  const redact = (text: string): string =>
    // The longest first: one value may be a part of another.
    [...used].toSorted(([a], [b]) => b.length - a.length).reduce((shown, [secret, variable]) => shown.replaceAll(secret, variable), text);
  return { value: mapStrings(value, [], substitute), written, problems, redact };
}

/** The names of the variables in the strings of `value`. */
export function variablesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  mapStrings(value, [], (text) => {
    for (const [, name] of text.matchAll(VARIABLE)) names.add(name);
    return text;
  });
  return names;
}

/** The config as it may be shown: strings that held variables stand as they were written. */
export function showVariables(config: unknown, written: ReadonlyMap<string, string>): unknown {
  return mapStrings(config, [], (text, path) => written.get(JSON.stringify(path)) ?? text);
}

function mapStrings(value: unknown, path: KeyPath, map: (text: string, path: KeyPath) => string): unknown {
  if (typeof value === "string") return map(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapStrings(item, [...path, index], map));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, [...path, key], map)]));
  }
  return value;
}
