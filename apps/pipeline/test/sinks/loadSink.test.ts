import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { loadSink } from "../../src/sinks/loadSink.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const ESM = (name: string): string => `export default { name: "${name}", open: () => ({ write() {} }) };\n`;
const COMMON_JS = (name: string): string => `module.exports = { name: "${name}", open: () => ({ write() {} }) };\n`;
const TYPESCRIPT = (name: string): string =>
  `import type { Sink } from "@downhill/sinks";\nexport default { name: "${name}" as string, open: (): Sink => ({ write(): void {} }) };\n`;

// `config` is the folder of the config; what lies outside it must not be reached.
const FILES: Readonly<Record<string, string>> = {
  "outside.mjs": ESM("outside"),
  "config/own.ts": TYPESCRIPT("own ts"),
  "config/own.mjs": ESM("own mjs"),
  "config/package.json": '{ "type": "module" }',
  "config/own.js": ESM("own js"),
  "config/own.cjs": COMMON_JS("own cjs"),
  "config/deep/er.mjs": ESM("deeper"),
  "config/..dots.mjs": ESM("dots"),
  "config/empty.mjs": "export const name = 'empty';\n",
  "config/nameless.mjs": "export default { open() {} };\n",
  "config/closed.mjs": "export default { name: 'closed' };\n",
  "config/broken.mjs": "export default {;\n",
  "config/throwing.mjs": "throw new Error('no licence');\n",
  "config/node_modules/sink-cjs/package.json": '{ "name": "sink-cjs", "main": "./lib/main.js" }',
  "config/node_modules/sink-cjs/lib/main.js": COMMON_JS("package cjs"),
  "config/node_modules/sink-esm/package.json":
    '{ "name": "sink-esm", "type": "module", "exports": { ".": { "types": "./index.d.ts", "import": "./dist/index.js" } } }',
  "config/node_modules/sink-esm/dist/index.js": ESM("package esm"),
  "config/node_modules/sink-nested/package.json":
    '{ "name": "sink-nested", "type": "module", "exports": { "import": { "types": "./i.d.ts", "default": "./i.js" } } }',
  "config/node_modules/sink-nested/i.js": ESM("package nested"),
  "config/node_modules/sink-string/package.json": '{ "name": "sink-string", "type": "module", "exports": "./i.js" }',
  "config/node_modules/sink-string/i.js": ESM("package string"),
  "config/node_modules/@scope/sink/package.json": '{ "name": "@scope/sink", "type": "module", "exports": { ".": { "import": "./i.js" } } }',
  "config/node_modules/@scope/sink/i.js": ESM("package scoped"),
  "node_modules/sink-above/package.json": '{ "name": "sink-above", "type": "module", "exports": { "import": "./i.js" } }',
  "node_modules/sink-above/i.js": ESM("package above"),
};

let config: string;
let outside: string;
beforeAll(async () => {
  const root = await temporaryFolder();
  config = join(root, "config");
  outside = join(root, "outside.mjs");
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await symlink(outside, join(config, "link.mjs"));
});

test.each(["console", "json", "plot", "csv", "tensorboard", "report", "dashboard"])("%s is built in", async (use) => {
  expect(await loadSink(use, config)).toMatchObject({ name: use });
});

test.each([
  ["./own.ts", "own ts"],
  ["./own.js", "own js"],
  ["./own.mjs", "own mjs"],
  ["./own.cjs", "own cjs"],
  ["./deep/er.mjs", "deeper"],
  ["./deep/../own.mjs", "own mjs"],
  ["./..dots.mjs", "dots"],
])("%s is a file beside the config", async (use, name) => {
  expect(await loadSink(use, config)).toMatchObject({ name });
});

test.each([
  ["sink-cjs", "package cjs"],
  ["sink-cjs/lib/main.js", "package cjs"],
  ["sink-esm", "package esm"],
  ["sink-nested", "package nested"],
  ["sink-string", "package string"],
  ["@scope/sink", "package scoped"],
  ["sink-above", "package above"],
])("%s is a package, resolved from the config's folder", async (use, name) => {
  expect(await loadSink(use, config)).toMatchObject({ name });
});

const refusal = async (use: string): Promise<{ exitCode: number; message: string }> => {
  const error: unknown = await loadSink(use, config).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as { exitCode: number; message: string } & Error;
};

test.each([
  ["a path out of the config's folder", "../outside.mjs", /outside the config's folder/],
  ["a link out of it", "./link.mjs", /outside the config's folder/],
  ["the folder above", "..", /outside the config's folder/],
  ["a file that is not there", "./missing.ts", /no such file/],
  ["a package that is not there", "downhill-sink-missing", /no package of this name/],
  ["a misspelt built-in", "consol", /did you mean "console"\?/],
  ["a URL", "https://example.org/sink.js", /package name/],
  ["a file URL", "file:///tmp/sink.mjs", /package name/],
  ["a data: URL", "data:text/javascript,export default {}", /package name/],
  ["a node: module", "node:fs", /package name/],
  ["a module of Node's by its bare name", "fs", /no package of this name/],
  ["a path that starts as a package", "sink-esm/../../../outside.mjs", /package name/],
  ["a path that climbs at its end", "sink-esm/..", /package name/],
  ["a scope that climbs", "@scope/../../../outside.mjs", /package name/],
  ["Windows' way to climb", ".\\..\\outside.mjs", /./],
  ["no default export", "./empty.mjs", /default export \{ name, open/],
  ["a default export without a name", "./nameless.mjs", /default export \{ name, open/],
  ["a default export that can't open", "./closed.mjs", /default export \{ name, open/],
  ["a module that does not parse", "./broken.mjs", /can't be loaded/],
  ["a module that throws", "./throwing.mjs", /can't be loaded: no licence/],
  ["what every object has", "constructor", /no package of this name/],
])("%s is refused as bad usage, by its name", async (_, use, message) => {
  const error = await refusal(use);
  expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) as string });
  expect(error.message).toContain(use);
});

test("an absolute path is refused", async () => {
  expect(await refusal(outside)).toMatchObject({ exitCode: 2 });
});
