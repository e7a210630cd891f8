// Downloads from mirrors on loopback: what comes whole, what is cut, what is wrong, and what is left on disk.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DataSet } from "../../src/download/dataSets.ts";
import { getDataSet, type GetOptions, type PlacedFile } from "../../src/download/getDataSet.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { type Answer, entryOf, type Mirror, sendFile, someBytes, startMirror } from "./mirror.ts";

const LARGE = someBytes(300_000);
const SMALL = someBytes(1000);
const FILES: Readonly<Record<string, Buffer>> = { "large.gz": LARGE, "small.gz": SMALL };
const SHA256 = createHash("sha256").update(LARGE).digest("hex");
const PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>";

const good: Answer = (request, response) => sendFile(request, response, FILES[(request.url ?? "").slice(1)]);
const cutAfter =
  (most: number): Answer =>
  (request, response) =>
    sendFile(request, response, LARGE, most);
const failing =
  (status: number): Answer =>
  (_request, response) =>
    response.writeHead(status).end();

function dataSet(mirrors: readonly Mirror[], names: readonly string[] = ["large.gz"]): DataSet {
  return {
    name: "some",
    title: "some bytes",
    mirrors: mirrors.map(({ url }) => url),
    files: names.map((name) => entryOf(name, FILES[name])),
  };
}

interface Got {
  readonly folder: string;
  readonly files: readonly PlacedFile[];
  readonly notices: readonly string[];
}

async function get(mirrors: readonly Mirror[], options: Partial<GetOptions> = {}): Promise<Got> {
  const folder = options.folder ?? (await temporaryFolder());
  const notices: string[] = [];
  const signal = new AbortController().signal;
  const files = await getDataSet(dataSet(mirrors), { folder, signal, notice: (line) => notices.push(line), ...options });
  return { folder, files, notices };
}

async function folderWith(files: Readonly<Record<string, Buffer | string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

async function expectOnlyLarge(folder: string): Promise<void> {
  expect(await readdir(folder)).toEqual(["large.gz"]);
  expect((await readFile(join(folder, "large.gz"))).equals(LARGE)).toBe(true);
}

test("every file whole, in a folder that was not there, with its sha256 and progress", async () => {
  const mirror = await startMirror(good);
  const folder = join(await temporaryFolder(), "a/b");
  const done: Record<string, number> = {};
  const files = await getDataSet(dataSet([mirror], ["large.gz", "small.gz"]), {
    folder,
    signal: new AbortController().signal,
    progress: ({ name }, bytes) => {
      expect(bytes).toBeGreaterThan(done[name] ?? 0);
      done[name] = bytes;
    },
  });
  expect(files.map(({ path, bytes, from }) => [path, bytes, from])).toEqual([
    [join(folder, "large.gz"), 300_000, `${mirror.url}large.gz`],
    [join(folder, "small.gz"), 1000, `${mirror.url}small.gz`],
  ]);
  expect(files[0].sha256).toBe(SHA256);
  expect(done).toEqual({ "large.gz": 300_000, "small.gz": 1000 });
  expect((await readFile(join(folder, "small.gz"))).equals(SMALL)).toBe(true);
  expect((await readdir(folder)).toSorted()).toEqual(["large.gz", "small.gz"]);
  expect(mirror.requests.map(({ range }) => range)).toEqual([undefined, undefined]);
});

test("what is there and right is neither asked for nor touched", async () => {
  const mirror = await startMirror(good);
  const folder = await folderWith({ "large.gz": LARGE });
  await utimes(join(folder, "large.gz"), 1, 1);
  const { files } = await get([mirror], { folder });
  expect(files).toEqual([{ path: join(folder, "large.gz"), bytes: LARGE.length, sha256: SHA256 }]);
  expect(mirror.requests).toEqual([]);
  expect((await stat(join(folder, "large.gz"))).mtimeMs).toBe(1000);
  expect(await readdir(folder)).toEqual(["large.gz"]);
});

test.each([
  ["shorter", LARGE.subarray(1), /has 299999 bytes, expected 300000; it is replaced$/],
  ["as long, but another", Buffer.alloc(LARGE.length), /has MD5 [0-9a-f]{32}, expected [0-9a-f]{32}; it is replaced$/],
])("a file that is %s is replaced, and it is said", async (_, wrong, says) => {
  const folder = await folderWith({ "large.gz": wrong });
  const { notices } = await get([await startMirror(good)], { folder });
  expect(notices).toEqual([expect.stringMatching(says)]);
  await expectOnlyLarge(folder);
});

test("a cut connection is gone on with where it ended, at the same mirror", async () => {
  const mirror = await startMirror((request, response, count) => (count < 2 ? cutAfter(100_000) : good)(request, response, count));
  const { folder } = await get([mirror]);
  await expectOnlyLarge(folder);
  expect(mirror.requests.map(({ range }) => range)).toEqual([undefined, "bytes=100000-", "bytes=200000-"]);
});

test("what an earlier command left is gone on with", async () => {
  const mirror = await startMirror(good);
  const folder = await folderWith({ "large.gz.part": LARGE.subarray(0, 299_999) });
  await get([mirror], { folder });
  await expectOnlyLarge(folder);
  expect(mirror.requests.map(({ range }) => range)).toEqual(["bytes=299999-"]);
});

test("a part that is whole is only checked and placed", async () => {
  const mirror = await startMirror(good);
  const folder = await folderWith({ "large.gz.part": LARGE });
  await get([mirror], { folder });
  await expectOnlyLarge(folder);
  expect(mirror.requests).toEqual([]);
});

test.each([
  ["of other bytes", Buffer.alloc(1000), ["bytes=1000-", undefined]],
  ["of other bytes and as long as the file", Buffer.alloc(300_000), [undefined]],
  ["longer than the file", Buffer.alloc(300_001), [undefined]],
])("a part %s costs a second download and no more", async (_, part, ranges) => {
  const mirror = await startMirror(good);
  const folder = await folderWith({ "large.gz.part": part });
  await get([mirror], { folder });
  await expectOnlyLarge(folder);
  expect(mirror.requests.map(({ range }) => range)).toEqual(ranges);
});

test("a server that ignores Range starts over", async () => {
  const mirror = await startMirror((request, response) => {
    delete request.headers.range;
    sendFile(request, response, LARGE);
  });
  const folder = await folderWith({ "large.gz.part": Buffer.alloc(150_000, 1) });
  await get([mirror], { folder });
  await expectOnlyLarge(folder);
  expect(mirror.requests.map(({ range }) => range)).toEqual(["bytes=150000-"]);
});

test("the part goes on at another mirror when the first one is gone", async () => {
  const first = await startMirror((request, response, count) => (count === 0 ? cutAfter(100_000) : failing(503))(request, response, count));
  const second = await startMirror(good);
  const { folder, notices } = await get([first, second]);
  await expectOnlyLarge(folder);
  expect(second.requests.map(({ range }) => range)).toEqual(["bytes=100000-"]);
  expect(notices).toEqual([`${first.url}large.gz  HTTP 503 Service Unavailable; trying the next mirror`]);
});

const wrongSize: Answer = (request, response) => sendFile(request, response, LARGE.subarray(1));
const otherRange: Answer = (_request, response) =>
  response.writeHead(206, { "content-range": `bytes 5-299999/300000` }).end(LARGE.subarray(5));
const silentAfter =
  (bytes: number): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-length": LARGE.length });
    response.write(LARGE.subarray(0, bytes));
  };

// In chunks, without saying how many bytes they come to.
const unsized =
  (bytes: Buffer | string): Answer =>
  (_request, response) => {
    response.write(bytes);
    response.end();
  };

test.each<[string, Answer, RegExp]>([
  ["500", failing(500), /HTTP 500 Internal Server Error/],
  ["404", failing(404), /HTTP 404 Not Found/],
  ["a web page", (_, response) => response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE), /sends a web page/],
  ["a web page that does not say so", unsized(PAGE), /sends a web page/],
  ["another size", wrongSize, /has 299999 bytes, expected 300000/],
  ["other bytes", (_, response) => response.end(Buffer.alloc(300_000)), /has MD5 [0-9a-f]{32}, expected/],
  ["more bytes, without a length", unsized(Buffer.alloc(400_000)), /sends more than the 300000 bytes/],
  ["another part", otherRange, /sends another part than was asked for \(bytes 5-299999\/300000\)/],
  ["no answer", () => undefined, /silent for 0.3 s/],
  ["nothing after the headers", silentAfter(0), /silent for 0.3 s/],
  ["a cut before the first byte", (_, response) => response.destroy(), /the connection was cut/],
])("%s: the next mirror gives the file, or the error says why", async (_, answer, says) => {
  const bad = await startMirror(answer);
  const { folder, notices } = await get([bad, await startMirror(good)], { stallMs: 300 });
  await expectOnlyLarge(folder);
  expect(notices).toEqual([expect.stringMatching(says)]);

  await expect(get([bad], { stallMs: 300 })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(new RegExp(`^${bad.url}large\\.gz {2}${says.source}.*\n/.*/large\\.gz could not be had; `)) as string,
  });
});

test("a server that falls silent half-way is asked again for the rest", async () => {
  const mirror = await startMirror((request, response, count) => (count === 0 ? silentAfter(100_000) : good)(request, response, count));
  const { folder } = await get([mirror], { stallMs: 300 });
  await expectOnlyLarge(folder);
  expect(mirror.requests.map(({ range }) => range)).toEqual([undefined, "bytes=100000-"]);
});

test("a mirror that cuts every time is left after five attempts, and what came stays", async () => {
  const mirror = await startMirror(cutAfter(10_000));
  const folder = await temporaryFolder();
  await expect(get([mirror], { folder })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining("the connection was cut") as string,
  });
  expect(mirror.requests).toHaveLength(5);
  expect(await readdir(folder)).toEqual(["large.gz.part"]);
  expect((await readFile(join(folder, "large.gz.part"))).equals(LARGE.subarray(0, 50_000))).toBe(true);
});

test("no wrong file is ever placed, and none is left to resume from", async () => {
  const folder = await temporaryFolder();
  const mirror = await startMirror((_, response) => response.end(Buffer.alloc(300_000)));
  await expect(get([mirror], { folder })).rejects.toThrow("has MD5");
  expect(await readdir(folder)).toEqual([]);
});

test("an abort leaves the part, and no lock", async () => {
  const mirror = await startMirror(silentAfter(100_000));
  const folder = await temporaryFolder();
  const controller = new AbortController();
  const progress = (_: unknown, done: number): void => (done === 100_000 ? controller.abort(new Error("enough")) : undefined);
  await expect(get([mirror], { folder, signal: controller.signal, progress })).rejects.toThrow("enough");
  expect(await readdir(folder)).toEqual(["large.gz.part"]);
  expect((await stat(join(folder, "large.gz.part"))).size).toBe(100_000);
});

test("nobody on the port", async () => {
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address));
    });
  });
  await expect(get([{ url: `http://127.0.0.1:${port}/`, requests: [] }])).rejects.toThrow(`127.0.0.1:${port} refuses connections`);
});

test("no such host", async () => {
  // .invalid is never looked up with success; without a network the resolver itself can't be asked.
  const says = /there is no host mirror\.invalid, or no network|mirror\.invalid can't be looked up; is there a network\?/;
  await expect(get([{ url: "http://mirror.invalid/", requests: [] }])).rejects.toThrow(says);
});

test("a second get waits for the first one, and finds the files", async () => {
  let release: (() => void) | undefined;
  const mirror = await startMirror((request, response, count) => {
    if (count === 0) release = () => sendFile(request, response, LARGE);
    else sendFile(request, response, LARGE);
  });
  const folder = await temporaryFolder();
  const first = get([mirror], { folder });
  await expect.poll(() => release).toBeDefined();
  const waited = new Promise<string>((resolve) => {
    void get([mirror], { folder, notice: resolve }).then(({ files }) => second.push(...files));
  });
  const second: PlacedFile[] = [];
  expect(await waited).toBe(`process ${process.pid} is downloading into ${folder}; waiting for it`);
  release?.();
  expect((await first).files[0].from).toBe(`${mirror.url}large.gz`);
  await expect.poll(() => second).toEqual([{ path: join(folder, "large.gz"), bytes: LARGE.length, sha256: SHA256 }]);
  expect(mirror.requests).toHaveLength(1);
  await expectOnlyLarge(folder);
});

test.each([
  ["of a process that is gone", String(spawnSync(process.execPath, ["-e", ""]).pid)],
  ["that holds nothing", ""],
  ["that holds no process", "none"],
])("a lock %s is taken over", async (_, text) => {
  const folder = await folderWith({ ".downloading": text });
  await get([await startMirror(good)], { folder });
  await expectOnlyLarge(folder);
});

test("a folder that can't be made is a usage error", async () => {
  const folder = await folderWith({ file: "" });
  await expect(get([], { folder: join(folder, "file/data") })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("the data can't be written to") as string,
  });
});

test.skipIf(!existsSync("/dev/full"))("a full disk is said to be one", async () => {
  const folder = await temporaryFolder();
  await symlink("/dev/full", join(folder, "large.gz.part"));
  await expect(get([await startMirror(good)], { folder })).rejects.toMatchObject({
    exitCode: 3,
    message: `${folder}: the disk is full; make room, and the same command goes on where this one stopped`,
  });
});
