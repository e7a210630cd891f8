// JSONC text → plain values, with the place of each. A walk of the syntax tree, rather than an evaluation, lets
// duplicate keys and `__proto__` be refused instead of silently winning.
import { parse, type ValueNode } from "@humanwhocodes/momoa";

/** A place in a text file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The keys and indices from the root to a value. */
export type KeyPath = readonly (string | number)[];

/** Something wrong at a place. */
export interface Problem {
  readonly place?: Place;
  /** The key it is about, as `data.train.features`; empty for the whole file. */
  readonly key: string;
  readonly message: string;
}

/** A parsed file. */
export interface Jsonc {
  readonly value: unknown;
  /** The place of the value at `path`, or of the nearest one above it that was written. */
  place(path: KeyPath): Place | undefined;
  readonly problems: readonly Problem[];
}

/** `data.train.0.file`: how messages and `--set` write a path. */
export function keyOf(path: KeyPath): string {
  return path.join(".");
}

/** Parses JSON with comments and trailing commas, after a byte order mark if there is one; syntax errors are problems, with their place. */
export function parseJsonc(text: string): Jsonc {
  const places = new Map<string, Place>();
  const problems: Problem[] = [];
  const place = (path: KeyPath): Place | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const found = places.get(JSON.stringify(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const read = (node: ValueNode, path: KeyPath): unknown => {
    places.set(JSON.stringify(path), start(node));
    if (node.type === "Array") return node.elements.map(({ value }, index) => read(value, [...path, index]));
    if (node.type === "Object") return readObject(node, path);
    return "value" in node ? node.value : null;
  };

  const readObject = (node: ValueNode & { type: "Object" }, path: KeyPath): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    for (const { name, value } of node.members) {
      const key = name.type === "String" ? name.value : name.name;
      const keyPath = [...path, key];
      if (key === "__proto__") problems.push({ place: start(name), key: keyOf(keyPath), message: "this key is not allowed" });
      else if (Object.hasOwn(object, key)) problems.push({ place: start(name), key: keyOf(keyPath), message: "this key is given twice" });
      else object[key] = read(value, keyPath);
    }
    return object;
  };

  try {
    const document = parse(text.replace(/^\uFEFF/, ""), { mode: "jsonc", allowTrailingCommas: true });
    return { value: read(document.body, []), place, problems };
  } catch (error) {
    const { line = 1, column = 1, message } = error as { line?: number; column?: number; message: string };
    const problem = { place: { line, column }, key: "", message: message.replace(/ \(\d+:\d+\)$/, "").replace(/\.$/, "") };
    return { value: undefined, place, problems: [problem] };
  }
}

function start(node: { loc: { start: Place } }): Place {
  const { line, column } = node.loc.start;
  return { line, column };
}
