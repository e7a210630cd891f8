// evaluate long after the run: the training file may have changed, and what sinks needed may be gone.
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { smallProject } from "../smallProject.ts";
import { SMALL_ROWS } from "../smallTable.ts";

const HEADER = "width,depth,noise,kind\n";

test.concurrent("a test set that was a fraction is refused once its file has changed", async () => {
  const folder = await smallProject();
  await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  await appendFile(join(folder, "table.csv"), `${SMALL_ROWS[0]}\n`);
  const { exitCode, stdout, stderr } = await pipeline(["evaluate", "run"], { cwd: folder });
  expect([exitCode, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("table.csv has changed since the run, which took its test set from it; give --data FILE");
});

test.concurrent("a test file is read with the model's own classes, whatever became of the training file", async () => {
  const data = { train: { file: "table.csv", label: "kind" }, test: { file: "test.csv", label: "kind" } };
  const folder = await smallProject({ data }, { "test.csv": `${HEADER}${SMALL_ROWS.slice(0, 9).join("\n")}\n` });
  const { stdout: trained } = await pipeline(["run", "config.json", "--out", "run", "--json"], { cwd: folder });
  await writeFile(join(folder, "table.csv"), `${HEADER}1,2,3,aardvark\n`);
  const { exitCode, stdout } = await pipeline(["evaluate", "run", "--json"], { cwd: folder });
  expect(exitCode).toBe(0);
  const evaluation = JSON.parse(stdout) as { accuracy: number; classes: string[]; confusionMatrix: number[][] };
  expect(evaluation.accuracy).toBe((JSON.parse(trained) as { test: { accuracy: number } }).test.accuracy);
  expect(evaluation.classes).toEqual(["ant", "bee", "cow"]);
  expect(evaluation.confusionMatrix.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([3, 3, 3]);
});

test.concurrent("columns in another order give the same answer", async () => {
  const folder = await smallProject();
  await pipeline(["run", "config.json", "--out", "run"], { cwd: folder });
  const turned = SMALL_ROWS.map((row) => row.split(",").toReversed().join(","));
  await writeFile(join(folder, "turned.csv"), `kind,noise,depth,width\n${turned.join("\n")}\n`);
  const [straight, reversed] = await Promise.all(
    ["table.csv", "turned.csv"].map((file) => pipeline(["evaluate", "run", "--data", file, "--json"], { cwd: folder })),
  );
  expect(reversed).toEqual(straight);
  expect(straight.exitCode).toBe(0);
});

test.concurrent("what the sinks needed of the environment is not needed again", async () => {
  const folder = await smallProject({ sinks: [{ use: "json", path: "${DOWNHILL_TEST_LOG}" }] });
  const env = { DOWNHILL_TEST_LOG: "log.ndjson" };
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder, env })).exitCode).toBe(0);
  expect((await pipeline(["evaluate", "run"], { cwd: folder })).exitCode).toBe(0);
});
