// The README's programs are the files in test/readme, which the type check covers; here they run, and are compared.
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("readme/", import.meta.url));

function run(...parameters: string[]): { status: number | null; stdout: string; stderr: string } {
  const options = ["--conditions=@downhill/source", "--import", "tsx", "--test-reporter=tap"];
  return spawnSync(process.execPath, [...options, ...parameters], { cwd: folder, encoding: "utf8" });
}

it("the README shows the programs as they are, each of them", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const shown = [...readme.matchAll(/<!-- test\/readme\/(\S+) -->\n+```ts\n([^]*?)```/g)].map(([, name, code]) => [name, code]);
  expect(shown.map(([name]) => name).toSorted()).toEqual((await readdir(folder)).toSorted());
  for (const [name, code] of shown) expect(code).toBe(await readFile(`${folder}${name}`, "utf8"));
});

it("the sink of the README passes the suite, run by node:test", () => {
  const { status, stdout } = run("--test", "epoch-log-suite.ts");
  expect(stdout).toMatch(/^# pass 13$/m);
  expect(status).toBe(0);
});

it("the README's look at a run runs", () => {
  expect(run("watch.ts")).toEqual(
    expect.objectContaining({ status: 0, stdout: expect.stringMatching(/^100 epochs, the last at 0\.007\d+\ntrue\n$/), stderr: "" }),
  );
});
