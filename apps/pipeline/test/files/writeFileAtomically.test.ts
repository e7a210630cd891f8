import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFileAtomically } from "../../src/files/writeFileAtomically.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a file is there whole, and nothing beside it", async () => {
  const folder = await temporaryFolder();
  await writeFileAtomically(join(folder, "a"), bytes("one"));
  expect(await readFile(join(folder, "a"), "utf8")).toBe("one");
  expect(await readdir(folder)).toEqual(["a"]);
});

test("a file that was there is replaced", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "a"), "a much longer old text");
  await writeFileAtomically(join(folder, "a"), bytes("new"));
  expect(await readFile(join(folder, "a"), "utf8")).toBe("new");
});

test("a reader never sees a half", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "a");
  const [zeros, ones] = [new Uint8Array(4_000_000), new Uint8Array(4_000_000).fill(1)];
  await writeFileAtomically(path, zeros);
  let done = false;
  const writing = (async () => {
    for (let round = 0; round < 4; round += 1) await writeFileAtomically(path, round % 2 === 0 ? ones : zeros);
    done = true;
  })();
  let reads = 0;
  while (!done) {
    const seen = await readFile(path);
    expect(seen.length).toBe(zeros.length);
    expect(seen[0]).toBe(seen[seen.length - 1]);
    reads += 1;
  }
  await writing;
  expect(reads).toBeGreaterThan(0);
});

test("a write that can't be done leaves nothing, and the old file as it was", async () => {
  const folder = await temporaryFolder();
  await expect(writeFileAtomically(join(folder, "missing", "a"), bytes("x"))).rejects.toThrow(/ENOENT/);
  await writeFile(join(folder, "a"), "old");
  await expect(writeFileAtomically(join(folder, "a"), 5 as unknown as Uint8Array)).rejects.toThrow(/data/);
  expect(await readdir(folder)).toEqual(["a"]);
  expect(await readFile(join(folder, "a"), "utf8")).toBe("old");
});
