import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Appender } from "../src/files/Appender.ts";

let folder: string;
let path: string;
let handle: FileHandle;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "downhill-sinks-"));
  path = join(folder, "file");
  handle = await open(path, "a");
});

afterEach(async () => {
  await handle.close();
  await rm(folder, { recursive: true });
});

describe("a file", () => {
  it("has what a turn brought when the turn is over", async () => {
    const appender = await Appender.of(handle);
    void appender.append("one\n");
    void appender.append(new TextEncoder().encode("two\n"));
    expect((await stat(path)).size).toBe(0);
    await turn();
    expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
  });

  it("has it at once where that is asked for, and no more at the end of the turn", async () => {
    const appender = await Appender.of(handle);
    void appender.append("one\n");
    appender.write();
    appender.write();
    expect(await readFile(path, "utf8")).toBe("one\n");
    await turn();
    expect(await readFile(path, "utf8")).toBe("one\n");
  });

  it("has all contents in their order, whatever their lengths, kinds and turns", async () => {
    const sizes = [0, 1, 20_000, 65_535, 65_536, 65_537, 200_000];
    const content = fc.oneof(
      fc.constantFrom(...sizes).map((length) => Uint8Array.from({ length }, (_, index) => index % 251)),
      fc.constantFrom(...sizes.map((size) => size >> 1)).map((length) => "aé€😀".repeat(length >> 2)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(content, fc.boolean()), { maxLength: 8 }), async (contents) => {
        await handle.truncate(0);
        const appender = await Appender.of(handle);
        for (const [each, ends] of contents) {
          void appender.append(each);
          if (ends) await turn();
        }
        appender.write();
        expect((await readFile(path)).equals(Buffer.concat(contents.map(([each]) => Buffer.from(each))))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("that can't be written to is told to whoever comes next, however often", async () => {
    const readOnly = await open(path, "r");
    const appender = await Appender.of(readOnly);
    void appender.append("one\n");
    await turn();
    expect(() => appender.append("two\n")).toThrow("EBADF");
    expect(() => appender.write()).toThrow("EBADF");
    expect(() => appender.append("three\n")).toThrow("EBADF");
    const asked = await Appender.of(readOnly);
    void asked.append("one\n");
    expect(() => asked.write()).toThrow("EBADF");
    expect(() => asked.append("two\n")).toThrow("EBADF");
    await readOnly.close();
  });

  it("has what a process brought in its last turn", async () => {
    const program = `import { open } from "node:fs/promises";
      import { Appender } from ${JSON.stringify(new URL("../src/files/Appender.ts", import.meta.url).href)};
      const appender = await Appender.of(await open(${JSON.stringify(path)}, "a"));
      appender.append("last words\\n");
      process.exit(3);`;
    const args = ["--input-type=module", "--eval", program];
    await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({ code: 3 });
    expect(await readFile(path, "utf8")).toBe("last words\n");
  });
});

describe.skipIf(process.platform === "win32")("a pipe", () => {
  it("takes its time: the promise resolves when all of it is through", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const [reader, writer] = await Promise.all([open(pipe, "r"), open(pipe, "w")]);
    const text = "x".repeat(300_000);
    let read = "";
    const stream = reader.createReadStream({ encoding: "utf8" }).on("data", (chunk) => (read += String(chunk)));
    const appender = await Appender.of(writer);
    await appender.append(text);
    await appender.append("end\n");
    await writer.close();
    await once(stream, "end");
    expect(read).toBe(`${text}end\n`);
  });
});
