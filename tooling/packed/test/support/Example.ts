// The programs in a README: its blocks of TypeScript or JavaScript. One that others import is named in a comment before it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A program that a README shows. */
export interface Example {
  readonly file: string;
  readonly code: string;
  /** What the comments beside `console.log(…);` say it prints, line by line. */
  readonly said: readonly string[];
}

/** The programs in the README of an installed package, in its order. */
export function readExamples(folder: string, name: string): Example[] {
  const readme = readFileSync(join(folder, "node_modules", name, "README.md"), "utf8");
  return Array.from(readme.matchAll(/(?:<!-- \S*?([^/\s]+) -->\n+)?```[jt]s\n([^]*?)```/g), ([, file, code], index) => ({
    file: file ?? `example-${index + 1}.ts`,
    code,
    said: Array.from(code.matchAll(/console\.log\(.*\); \/\/ (.*)/g), (match) => match[1]),
  }));
}
