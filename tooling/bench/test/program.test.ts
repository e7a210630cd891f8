import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

function bench(...args: string[]) {
  const env = { ...process.env, DOWNHILL_DATA: "/nowhere" };
  return spawnSync(process.execPath, ["--import", "tsx", MAIN, ...args], { cwd: ROOT, encoding: "utf8", env });
}

it.each([
  ["seed", "mini-mnist lacks train_X\\.csv, train_label\\.csv"],
  ["minibatch", "mnist lacks train-images-idx3-ubyte\\.gz, train-labels-idx1-ubyte\\.gz"],
  ["inference", "mini-mnist lacks train_X\\.csv, train_label\\.csv"],
])("measures no %s without its data, and exits 3", (name, lacks) => {
  const { status, stdout, stderr } = bench(name, "--json");
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^.*${lacks}; set DOWNHILL_DATA .*\\n$`));
});

it("names the benches there are, and exits 2", () => {
  const stderr = "there is no bench 'speed'. There are: seed, minibatch, gemm, csv, inference, events\n";
  expect(bench("speed")).toMatchObject({ status: 2, stdout: "", stderr });
});
