import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

function bench(...args: string[]) {
  const env = { ...process.env, DOWNHILL_DATA: "/nowhere" };
  return spawnSync(process.execPath, ["--import", "tsx", MAIN, ...args], { cwd: ROOT, encoding: "utf8", env });
}

it("measures nothing without its data, and exits 3", () => {
  const { status, stdout, stderr } = bench("seed", "--json");
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(/^.*mini-mnist lacks train_X\.csv, train_label\.csv; set DOWNHILL_DATA .*\n$/);
});

it("names the benches there are, and exits 2", () => {
  expect(bench("speed")).toMatchObject({ status: 2, stdout: "", stderr: "there is no bench 'speed'. There are: seed\n" });
});
