// A sink of fifteen lines of each kind, through a whole run: a file beside the config, and a package.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { eventsOf, readEvents } from "../runFolderContents.ts";
import { smallProject } from "../smallProject.ts";

const EPOCH_LOG = (exported: string, log: string): string => `${log}
${exported} {
  name: "epoch-log",
  open({ prefix = "" }, run) {
    const file = join(run.directory, "epochs.log");
    return {
      write(event) {
        if (event.type === "epochCompleted") appendFileSync(file, \`\${prefix}\${event.epoch} \${event.cost}\\n\`);
      },
      close: (reason) => appendFileSync(file, \`\${reason}\\n\`),
    };
  },
};
`;
const ESM = EPOCH_LOG("export default", 'import { appendFileSync } from "node:fs";\nimport { join } from "node:path";');
const COMMON_JS = EPOCH_LOG("module.exports =", 'const { appendFileSync } = require("node:fs");\nconst { join } = require("node:path");');

const KINDS: readonly { readonly kind: string; readonly use: string; readonly files: Readonly<Record<string, string>> }[] = [
  { kind: "a TypeScript file beside the config", use: "./epochLog.ts", files: {} },
  { kind: "a JavaScript file beside the config", use: "./epochLog.mjs", files: { "epochLog.mjs": ESM } },
  {
    kind: "a package of ES modules only",
    use: "downhill-sink-epoch-log",
    files: {
      "node_modules/downhill-sink-epoch-log/package.json":
        '{ "name": "downhill-sink-epoch-log", "version": "1.0.0", "type": "module", "exports": { ".": { "import": "./dist/index.js" } } }',
      "node_modules/downhill-sink-epoch-log/dist/index.js": ESM,
    },
  },
  {
    kind: "a CommonJS package",
    use: "@someone/epoch-log",
    files: {
      "node_modules/@someone/epoch-log/package.json": '{ "name": "@someone/epoch-log", "version": "1.0.0", "main": "index.js" }',
      "node_modules/@someone/epoch-log/index.js": COMMON_JS,
    },
  },
];

test.concurrent.each(KINDS)("$kind", async ({ use, files }) => {
  const folder = await smallProject({ epochs: 3, sinks: [{ use, prefix: "epoch " }] });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await copyFile(new URL("../plugins/epochLog.ts", import.meta.url), join(folder, "epochLog.ts"));
  // From elsewhere: a package is found from the config, not from where one stands.
  await mkdir(join(folder, "elsewhere"));
  const { exitCode, stderr } = await pipeline(["run", "../config.json", "--quiet", "--out", "../run"], { cwd: join(folder, "elsewhere") });
  expect([exitCode, stderr]).toEqual([0, ""]);
  const epochs = eventsOf(await readEvents(join(folder, "run")), "epochCompleted");
  const lines = epochs.map(({ epoch, cost }) => `epoch ${epoch} ${cost}`);
  expect(await readFile(join(folder, "run", "epochs.log"), "utf8")).toBe([...lines, "finished", ""].join("\n"));
});
