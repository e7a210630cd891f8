import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";

const cwd = tmpdir();

test.concurrent.each([
  [["--help"]],
  [["run", "--help"]],
  [["evaluate", "--help"]],
  [["predict", "--help"]],
  [["export", "--help"]],
  [["init", "--help"]],
  [["check", "--help"]],
  [["data", "get", "--help"]],
  [["doctor", "--help"]],
  [["schema", "--help"]],
])("%j goes to standard output and ends with three examples", async (args) => {
  const { exitCode, stdout, stderr } = await pipeline(args, { cwd });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/\nExamples:\n( {2}pipeline .+\n){3}$/);
});

test.concurrent("--version is the package's", async () => {
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  expect(await pipeline(["--version"], { cwd })).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test.concurrent("no verb at all is a usage error that shows the help", async () => {
  const { exitCode, stdout, stderr } = await pipeline([], { cwd });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Usage: pipeline");
});

test.concurrent("schema prints the schema file that editors are pointed to", async () => {
  const { exitCode, stdout } = await pipeline(["schema"], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(new URL("../../schema/config.schema.json", import.meta.url), "utf8")));
});
