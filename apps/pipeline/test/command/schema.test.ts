// `schema`: the config's JSON schema, joined by the options of the plugins that a config names.
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { SMALL_CONFIG } from "../smallTable.ts";
import { smallProject } from "../smallProject.ts";

const OPEN = `open() { throw new Error("opened"); }`;
const FILES = {
  "tracker.ts": `
    import { z } from "zod";
    const options = z.strictObject({ url: z.string().describe("where it listens"), runs: z.int().default(3) });
    export default { name: "tracker", options, ${OPEN} };`,
  "older.mjs": `
    const validate = (value) => ({ value });
    export default { name: "older", options: { "~standard": { version: 1, vendor: "own", validate } }, ${OPEN} };`,
  "plain.mjs": `export default { name: "plain", ${OPEN} };`,
};
const SINKS = [{ use: "console" }, { use: "./tracker.ts" }, { use: "./older.mjs", any: 1 }, { use: "./tracker.ts" }, { use: "${OWN}" }];

async function project(changes: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await smallProject(changes, FILES);
  await mkdir(join(folder, "node_modules"));
  await symlink(dirname(fileURLToPath(import.meta.resolve("zod/package.json"))), join(folder, "node_modules/zod"), "junction");
  return folder;
}

test.concurrent("joins what the config's plugins say of their options; the rest of the config need not be in order", async () => {
  const cwd = await project({ sinks: SINKS, epochs: "many" });
  const { exitCode, stdout, stderr } = await pipeline(["schema", "config.json", "--out", "config.schema.json"], {
    cwd,
    env: { OWN: "./plain.mjs" },
  });
  expect([exitCode, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(
    `the sink ./older.mjs: any options are taken in the schema, for the schema of its options can't be written as JSON Schema
the sink \${OWN}: any options are taken in the schema, for the plugin has no schema of its options
`,
  );
  const check = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(join(cwd, "config.schema.json"), "utf8")) as object);
  const takes = (...sinks: readonly object[]): boolean => check({ ...SMALL_CONFIG, $schema: "./config.schema.json", sinks });
  expect(takes({ use: "./tracker.ts", url: "x", delivery: { queue: 2 } }, { use: "./older.mjs", any: 1 }, { use: "${OWN}", a: 1 })).toBe(
    true,
  );
  expect(takes({ use: "./tracker.ts" })).toBe(false);
  expect(takes({ use: "./tracker.ts", url: "x", runs: 1.5 })).toBe(false);
  expect(takes({ use: "./tracker.ts", url: "x", run: 1 })).toBe(false);
  expect(takes({ use: "plot", costScale: "loud" })).toBe(false);
});

test.concurrent("without plugins it is the schema that stands beside the package", async () => {
  const cwd = await smallProject({ sinks: [{ use: "plot" }] });
  const { stdout } = await pipeline(["schema", "config.json"], { cwd });
  expect(stdout).toBe((await pipeline(["schema"], { cwd })).stdout);
});

test.concurrent("sinks that can't be loaded are usage errors, all at once", async () => {
  const cwd = await project({ sinks: [{ use: "./gone.mjs" }, { use: "consol" }, { use: "./tracker.ts" }] });
  const { exitCode, stdout, stderr } = await pipeline(["schema", "config.json"], { cwd });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /^the sink \.\/gone\.mjs: there is no such file beside the config.*\nthe sink consol: .*did you mean "console"\?\n$/,
  );
});

test.concurrent.each([
  ["a config that is none", ["schema", "table.csv"], /^table\.csv:1:\d+ /],
  ["no config", ["schema", "gone.json"], /^gone\.json: there is no such config file\n$/],
  ["the config as --out", ["schema", "config.json", "--out", "./config.json"], /^--out \.\/config\.json is the config itself/],
  ["a folder that is not there", ["schema", "--out", "gone/config.schema.json"], /^--out gone\/config\.schema\.json: ENOENT/],
  ["a variable that is not set", ["schema", "unset.json"], /^unset\.json {2}the environment has no SINK_THAT_IS_NOT_SET; set it/],
])("%s", async (_, args, message) => {
  const cwd = await smallProject({});
  await writeFile(join(cwd, "unset.json"), '{ "sinks": [{ "use": "${SINK_THAT_IS_NOT_SET}" }] }');
  const before = await readFile(join(cwd, "config.json"), "utf8");
  const { exitCode, stdout, stderr } = await pipeline(args, { cwd });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
  expect(await readFile(join(cwd, "config.json"), "utf8")).toBe(before);
});
