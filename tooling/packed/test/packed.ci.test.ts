// Every package as its user gets it: packed, installed by npm into an empty folder outside the workspace, type-checked
// there down to the last declaration, and each program of its README run there. It packs what has been built.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Example, readExamples } from "./support/Example.ts";
import { run, workspaceProgram } from "./support/run.ts";
import { entryPoints, listFiles, packAll, readManifest, type Tarball } from "./support/Tarball.ts";

const names = ["data", "linalg", "metrics", "nn", "random", "sinks"].map((name) => `@downhill/${name}`);
const strict = { module: "nodenext", target: "es2023", strict: true, noEmit: true, skipLibCheck: false };

let folder: string;
let tarballs: Tarball[];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
  tarballs = packAll(folder);
  writeJson("package.json", { private: true, type: "module" });
  const files = tarballs.map(({ filename }) => filename);
  run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", ...files, "@types/node@24");
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeJson(path: string, value: unknown): void {
  writeFileSync(join(folder, path), JSON.stringify(value));
}

function folderOf(name: string): string {
  return join(folder, name.replace("@downhill/", ""));
}

it("these are all the packages", () => {
  expect(tarballs.map(({ name }) => name).toSorted()).toEqual(names);
});

describe.each(names)("%s", (name) => {
  it("holds what was built, a README and a licence, no sources and no tests", () => {
    const paths = listFiles(tarballs.find((tarball) => tarball.name === name)!);
    expect(paths).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts"]));
    const besides = paths.filter((path) => !/^dist\/.*\.(js|js\.map|d\.ts)$/.test(path));
    const own = {
      "@downhill/linalg": ["build/linalg.wasm"],
      "@downhill/data": ["build/csv.wasm"],
      "@downhill/sinks": ["schema/events.schema.json"],
    };
    expect(besides.toSorted()).toEqual(
      ["LICENSE", "README.md", ...((own as Record<string, string[]>)[name] ?? []), "package.json"].toSorted(),
    );
  });

  it("asks for versions that npm knows", () => {
    for (const version of Object.values(readManifest(folder, name).dependencies ?? {})) expect(version).toMatch(/^[\^~]?\d+\.\d+\.\d+$/);
  });

  it("shows programs that compile, run, and print what they say", () => {
    const home = folderOf(name);
    const examples = readExamples(folder, name);
    expect(examples).not.toEqual([]);
    mkdirSync(home);
    for (const { file, code } of examples) writeFileSync(join(home, file), code);
    writeJson(`${name.replace("@downhill/", "")}/tsconfig.json`, {
      compilerOptions: { ...strict, types: ["node"], allowImportingTsExtensions: true },
    });
    run(home, workspaceProgram("tsc"), "-p", ".");
    for (const example of examples) checkOutput(example, run(home, process.execPath, example.file));
  });
});

// A comment may go on after what is printed: "1.5: the mean".
function checkOutput({ said }: Example, output: string): void {
  if (said.length === 0) return;
  const printed = output.trimEnd().split("\n");
  expect(printed).toEqual(said.map((words, line) => (words.startsWith(`${printed[line]}: `) ? printed[line] : words)));
}

it("the programs say what they print, but for a sink's", () => {
  const silent = names.filter((name) => readExamples(folder, name).every(({ said }) => said.length === 0));
  expect(silent).toEqual(["@downhill/sinks"]);
});

it("every entry point loads, and has types that need neither Node's nor any option", () => {
  const entries = names.flatMap((name) => entryPoints(readManifest(folder, name)));
  expect(entries).toContain("@downhill/data/digits");
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const use = `console.log([${entries.map((_, index) => `entry${index}`).join()}].filter((entry) => Object.keys(entry).length > 0).length);`;
  writeFileSync(join(folder, "entries.ts"), [...imports, use].join("\n"));
  writeJson("tsconfig.json", { compilerOptions: { ...strict, types: [] }, include: ["entries.ts"] });
  run(folder, workspaceProgram("tsc"), "-p", ".");
  expect(run(folder, process.execPath, "entries.ts").trim()).toBe(`${entries.length}`);
});
