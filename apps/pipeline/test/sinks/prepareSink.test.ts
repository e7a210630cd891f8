import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunContext } from "@downhill/sinks";
import { beforeAll, expect, test } from "vitest";
import { prepareSink } from "../../src/sinks/prepareSink.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const RUN = { run: "fake", directory: "/run", configDirectory: "/config" } as RunContext;

// A sink whose schema wants a number and turns it into a word; it keeps what it was opened with.
const CHECKED = `export default {
  name: "checked",
  delivery: { queue: 2, whenFull: "dropOldest" },
  options: { "~standard": { version: 1, vendor: "test", validate: (value) => typeof value.size === "number"
    ? { value: { size: "size " + value.size } }
    : { issues: [{ message: "expected a number", path: ["size"] }, { message: "too vague", path: [{ key: "deep" }, 0] }, { message: "on the whole" }] } } },
  open: (options, run) => ({ write() {}, options, run }),
};`;
const PLAIN = `export default { name: "plain", open: (options) => ({ write() {}, options }) };`;

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, "checked.mjs"), CHECKED);
  await writeFile(join(folder, "plain.mjs"), PLAIN);
});

test("a sink gets its options, less use and delivery, as its schema returns them, and the run", async () => {
  const sink = (await prepareSink({ use: "./checked.mjs", size: 3, delivery: { queue: 9 } }, 0, folder))(RUN);
  expect(await sink.open()).toMatchObject({ options: { size: "size 3" }, run: RUN });
});

test("without a schema the options are passed as they are", async () => {
  const sink = (await prepareSink({ use: "./plain.mjs", any: [1], delivery: {} }, 0, folder))(RUN);
  expect(await sink.open()).toMatchObject({ options: { any: [1] } });
});

test("delivery: the default, then the sink's wishes, then the config's word", async () => {
  const plain = (await prepareSink({ use: "./plain.mjs" }, 0, folder))(RUN);
  expect(plain.delivery).toEqual({ queue: 64, whenFull: "block", timeoutMs: 10_000, required: false });
  const wished = (await prepareSink({ use: "./checked.mjs", size: 1 }, 0, folder))(RUN);
  expect(wished.delivery).toMatchObject({ queue: 2, whenFull: "dropOldest", required: false });
  const told = (await prepareSink({ use: "./checked.mjs", size: 1, delivery: { whenFull: "block", required: true } }, 0, folder))(RUN);
  expect(told.delivery).toMatchObject({ queue: 2, whenFull: "block", required: true });
});

test("bad options are a usage error with every key", async () => {
  await expect(prepareSink({ use: "./checked.mjs", size: "3" }, 4, folder)).rejects.toMatchObject({
    exitCode: 2,
    message: "sinks.4.size  expected a number\nsinks.4.deep.0  too vague\nsinks.4  on the whole",
  });
});

test("the built-in sinks refuse options that they don't know", async () => {
  await expect(prepareSink({ use: "console", colour: "red" }, 1, folder)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^sinks\.1\.colour {2}/) as string,
  });
});
