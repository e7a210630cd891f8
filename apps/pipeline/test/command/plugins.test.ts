// `plugins`: the sinks that a config would load.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CommandResult, pipeline } from "../command.ts";
import { filesBelow } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const OWN = `export default { name: "own", delivery: { whenFull: "dropOldest", queue: 3 }, open() { throw new Error("opened"); } };`;

async function plugins(sinks: readonly object[], ...flags: readonly string[]): Promise<CommandResult> {
  const folder = await smallProject({ sinks }, { "own.mjs": OWN });
  const packaged = join(folder, "node_modules", "sink-packaged");
  await mkdir(packaged, { recursive: true });
  await writeFile(join(packaged, "package.json"), '{ "name": "sink-packaged", "version": "1.2.3", "type": "module", "main": "./i.js" }');
  await writeFile(join(packaged, "i.js"), OWN);
  const before = await filesBelow(folder);
  const result = await pipeline(["plugins", "config.json", ...flags], { cwd: folder });
  expect(await filesBelow(folder)).toEqual(before);
  return result;
}

test.concurrent("each with where it comes from, its delivery, and that its options hold", async () => {
  const sinks = [
    { use: "plot", costScale: "log" },
    { use: "./own.mjs", any: 1 },
    { use: "sink-packaged", delivery: { required: true, queue: 9, isolated: false } },
  ];
  const { exitCode, stdout, stderr } = await plugins(sinks);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ["sink", "from", "delivery", "options"],
    ["plot", "built in", "block, queue 64, 10000 ms", "hold"],
    ["./own.mjs", "file own.mjs", "dropOldest, queue 3, 10000 ms, own thread", "hold"],
    ["sink-packaged", "package sink-packaged 1.2.3", "dropOldest, queue 9, 10000 ms, required", "hold"],
  ]);
});

test.concurrent("what is wrong is said, with the code of run", async () => {
  const { exitCode, stdout, stderr } = await plugins([{ use: "plot", costScale: "loud" }, { use: "./gone.mjs" }, { use: "csv" }]);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^plot +built in +block.* wrong$/m);
  expect(stdout).toMatch(/^\.\/gone\.mjs +not found$/m);
  expect(stdout).toMatch(/^csv .* hold$/m);
  expect(stderr).toMatch(/^sinks\.0\.costScale {2}.*\nthe sink \.\/gone\.mjs: there is no such file beside the config/);
});

test.concurrent("as one line of JSON", async () => {
  const { exitCode, stdout } = await plugins([{ use: "sink-packaged" }, { use: "consol" }], "--json");
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    config: "config.json",
    sinks: [
      {
        use: "sink-packaged",
        name: "own",
        origin: { from: "package", package: "sink-packaged", version: "1.2.3" },
        delivery: { queue: 3 },
        isolated: true,
        problems: [],
      },
      { use: "consol", problems: [expect.stringContaining('did you mean "console"')] },
    ],
  });
});

test.concurrent("no sinks", async () => {
  expect(await plugins([])).toEqual({ exitCode: 0, stdout: "the config has no sinks\n", stderr: "" });
});
