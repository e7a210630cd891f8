import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

it("the README's example runs and prints what its comments say", () => {
  const example = /```js\n([^]*?)```/.exec(readFileSync(`${folder}/README.md`, "utf8"))?.[1] ?? "";
  expect(example.trim().split("\n").length).toBeLessThanOrEqual(12);
  const said = Array.from(example.matchAll(/\/\/ (.*)/g), (match) => match[1]);
  const printed = execFileSync(process.execPath, ["-C", "@downhill/source", "--input-type=module", "-e", example], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(printed.trimEnd().split("\n")).toEqual(said);
});
