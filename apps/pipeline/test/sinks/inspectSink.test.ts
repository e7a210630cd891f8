import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunContext } from "@downhill/sinks";
import { beforeAll, expect, test } from "vitest";
import { DEFAULT_DELIVERY, inspectSink } from "../../src/sinks/inspectSink.ts";
import { prepareSink } from "../../src/sinks/prepareSink.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

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

const RUN = { run: "fake", directory: "/run", configDirectory: "/config" } as RunContext;

test("a sink in this thread gets its options, less use and delivery, as its schema returns them, and the run", async () => {
  const delivery = { queue: 9, isolated: false };
  const sink = (await prepareSink({ use: "./checked.mjs", size: 3, delivery }, { index: 0, directory: folder }))(RUN);
  expect(await sink.open(() => undefined)).toMatchObject({ options: { size: "size 3" }, run: RUN });
  expect(sink).toMatchObject({ guest: true, delivery: { queue: 9 } });
});

test("without a schema the options are passed as they are", async () => {
  const { options } = await inspectSink({ use: "./plain.mjs", any: [1], delivery: {} }, 0, folder);
  expect(options).toEqual({ any: [1] });
});

test("delivery: the default, then the sink's wishes, then the config's word", async () => {
  const plain = await inspectSink({ use: "./plain.mjs" }, 0, folder);
  expect(plain.delivery).toEqual(DEFAULT_DELIVERY);
  const wished = await inspectSink({ use: "./checked.mjs", size: 1 }, 0, folder);
  expect(wished.delivery).toEqual({ ...DEFAULT_DELIVERY, queue: 2, whenFull: "dropOldest" });
  const told = await inspectSink({ use: "./checked.mjs", size: 1, delivery: { whenFull: "block", required: true } }, 0, folder);
  expect(told.delivery).toEqual({ ...DEFAULT_DELIVERY, queue: 2, required: true });
});

test("bad options are a usage error with every key", async () => {
  await expect(inspectSink({ use: "./checked.mjs", size: "3" }, 4, folder)).rejects.toMatchObject({
    exitCode: 2,
    message: "sinks.4.size  expected a number\nsinks.4.deep.0  too vague\nsinks.4  on the whole",
  });
});

test("a schema that throws is a usage error", async () => {
  const throwing = `export default { name: "t", options: { "~standard": { validate() { throw new Error("broke"); } } }, open() {} };`;
  await writeFile(join(folder, "throwing.mjs"), throwing);
  const message = "sinks.0  the sink's own check of its options failed: broke";
  await expect(inspectSink({ use: "./throwing.mjs" }, 0, folder)).rejects.toMatchObject({ exitCode: 2, message });
});

test("the built-in sinks refuse options that they don't know", async () => {
  await expect(inspectSink({ use: "console", colour: "red" }, 1, folder)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^sinks\.1\.colour {2}/) as string,
  });
});
