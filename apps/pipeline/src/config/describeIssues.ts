// zod's issues in the words of the config file: the key, what was expected, what stands there.
import type { z } from "zod";
import { suggestion } from "./nearest.ts";
import { type KeyPath, keyOf, type Problem } from "./parseJsonc.ts";

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;

/** A problem and the path of the value it is about. */
export interface DescribedIssue extends Problem {
  readonly path: KeyPath;
}

/** Every issue in `root`, in plain words; a key that is not among `knownKeys` gets the nearest of them suggested. */
export function describeIssues(
  issues: readonly Issue[],
  root: unknown,
  knownKeys: readonly string[],
  base: KeyPath = [],
): DescribedIssue[] {
  return issues.flatMap((issue) => describe(issue, root, knownKeys, [...base, ...(issue.path as KeyPath)]));
}

function describe(issue: Issue, root: unknown, knownKeys: readonly string[], path: KeyPath): DescribedIssue[] {
  const value = valueAt(root, path);
  const problem = (message: string, at: KeyPath = path): DescribedIssue => ({ path: at, key: keyOf(at), message });
  if (value === undefined && issue.code !== "unrecognized_keys") return [problem(`missing; expected ${expected(issue)}`)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => problem(`unknown key${suggestion(key, withoutKey(knownKeys, key))}`, [...path, key]));
    case "invalid_union":
      return describeUnion(issue, root, knownKeys, path);
    case "invalid_value": {
      const hint = typeof value === "string" ? suggestion(value, issue.values.map(String)) : "";
      return [problem(`expected ${expected(issue)}, got ${show(value)}${hint}`)];
    }
    case "custom":
      return [problem(issue.message)];
    default:
      return [problem(`expected ${expected(issue)}, got ${show(value)}`)];
  }
}

// A union of objects: say what is wrong with the shape that was most likely meant, the one with the fewest issues.
function describeUnion(issue: UnionIssue, root: unknown, knownKeys: readonly string[], path: KeyPath): DescribedIssue[] {
  const value = valueAt(root, path);
  if ("options" in issue) {
    const options = issue.options as string[];
    const hint = typeof value === "string" ? suggestion(value, options) : "";
    return [{ path, key: keyOf(path), message: `expected ${list(options)}, got ${show(value)}${hint}` }];
  }
  const misfit = ({ code, path: at }: Issue): boolean => (code === "invalid_type" || code === "invalid_value") && at.length === 0;
  const branches = issue.errors.filter((branch) => !branch.some(misfit));
  const [best] = branches.toSorted((a, b) => weight(a) - weight(b));
  if (best !== undefined && typeof value === "object") return describeIssues(best, root, knownKeys, path);
  const alternatives = new Set(issue.errors.map(([first]) => expected(first)));
  // A name, where an object could stand too.
  const names = issue.errors.flatMap(([first]) => (first.code === "invalid_value" ? first.values.map(String) : []));
  const hint = typeof value === "string" ? suggestion(value, names) : "";
  return [{ path, key: keyOf(path), message: `expected ${[...alternatives].join(" or ")}, got ${show(value)}${hint}` }];
}

// A key may be known elsewhere, and wrong only here.
function withoutKey(knownKeys: readonly string[], key: string): string[] {
  return knownKeys.filter((known) => known !== key);
}

function weight(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

const TYPE_NAMES: Readonly<Record<string, string>> = { array: "a list", object: "an object", boolean: "true or false" };

function expected(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.startsWith("expected ") ? issue.message.slice(9) : (TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`);
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_value":
      return list(issue.values.map(String));
    case "invalid_union":
      if ("options" in issue) return list(issue.options as string[]);
      return [...new Set(issue.errors.map(([first]) => expected(first)))].join(" or ");
    default:
      return issue.message.replace(/^expected /, "");
  }
}

function unitOf(origin: string): string {
  return { array: " entries", string: " characters" }[origin] ?? "";
}

function list(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<string | number, unknown>)[key];
  }, root);
}
