// `--set a.b=1`: the last word over the file.
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { KeyPath } from "./parseJsonc.ts";

/** A value for a key path. */
export interface Override {
  readonly path: KeyPath;
  readonly value: unknown;
}

/** Reads `a.b=1`: what follows the first `=` is a JSON value, or else a string. Throws a PipelineError without a key. */
export function parseOverride(text: string): Override {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined) throw new PipelineError(EXIT.usage, `--set ${text}: expected key=value, such as --set epochs=10`);
  const path = key.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (path.includes("__proto__")) throw new PipelineError(EXIT.usage, `--set ${text}: the key __proto__ is not allowed`);
  return { path, value: parseValue(value) };
}

/** `root` with the override in it; objects, and lists where the key is an index, are made where they are missing. */
export function applyOverride(root: unknown, { path, value }: Override): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  if (typeof key === "number" && (Array.isArray(root) || root === undefined)) {
    const copy: unknown[] = [...(root ?? [])];
    copy[key] = applyOverride(copy[key], { path: rest, value });
    return copy;
  }
  const object: Record<string, unknown> = typeof root === "object" && root !== null && !Array.isArray(root) ? { ...root } : {};
  object[key] = applyOverride(Object.hasOwn(object, key) ? object[key] : undefined, { path: rest, value });
  return object;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
