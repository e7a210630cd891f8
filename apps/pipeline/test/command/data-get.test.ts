// `data get` as a process: what it prints, where the files are, and how it ends.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATA_SETS } from "../../src/download/dataSets.ts";
import { pipeline, ROOT, startPipeline } from "../command.ts";
import { sendFile, startMirror } from "../download/mirror.ts";
import { realData } from "../realData.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const MNIST = realData("mnist");

test.concurrent("without a name: what there is", async () => {
  const cwd = await temporaryFolder();
  const { exitCode, stdout, stderr } = await pipeline(["data", "get"], { cwd });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([...DATA_SETS.map(({ name }) => name), ""]);
  expect(stdout).toMatch(/^mnist .*; 11\.6 MB, to data\/mnist$/m);
  const json = await pipeline(["data", "get", "--json"], { cwd });
  expect(JSON.parse(json.stdout)).toEqual({ dataSets: DATA_SETS });
  expect(await readdir(cwd)).toEqual([]);
});

test.concurrent.each([
  [["data", "get", "mnst"], 2, /^there is no data set "mnst"; did you mean "mnist"\?\n$/],
  [["data", "get", "cifar"], 2, /^there is no data set "cifar"; there are mnist, fashion-mnist\n$/],
  [["data", "get", "mnist", "--from", "/srv/mnist"], 2, /^--from \/srv\/mnist: expected the http or https address of a folder/],
  [["data", "got"], 2, /unknown verb 'got'; did you mean "get"\?/],
  [["data"], 2, /Usage: pipeline data/],
  [
    ["data", "get", "mnist", "--from", "http://127.0.0.1:1/"],
    3,
    /^http:\/\/127\.0\.0\.1:1\/train-images-idx3-ubyte\.gz {2}.+\n.*could not be had/,
  ],
  [["data", "get", "mnist", "--out", "/dev/null/data"], 2, /^the data can't be written to \/dev\/null\/data: /],
] as const)("%j exits with %i", async (args, exitCode, says) => {
  const cwd = await temporaryFolder();
  const result = await pipeline(args, { cwd });
  expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(says) as string });
  expect(result.stderr).not.toMatch(/^ {4}at |unexpected|undefined/m);
});

test("SIGINT leaves what has come, for the next time, and exits with 130", async () => {
  const cwd = await temporaryFolder();
  const mirror = await startMirror((_, response) => {
    response.writeHead(200, { "content-length": 9_912_422 });
    response.write(Buffer.alloc(50_000));
  });
  const command = startPipeline(["data", "get", "mnist", "--from", mirror.url], { cwd });
  const part = join(cwd, "data/mnist/train-images-idx3-ubyte.gz.part");
  await expect.poll(async () => (await stat(part)).size, { timeout: 10_000 }).toBe(50_000);
  command.process.kill("SIGINT");
  expect(await command.result).toEqual({ exitCode: 130, stdout: "", stderr: "interrupted; the same command goes on with what has come\n" });
  expect(await readdir(join(cwd, "data/mnist"))).toEqual(["train-images-idx3-ubyte.gz.part"]);
});

test.skipIf(MNIST === undefined)(
  "the real MNIST, from a mirror: placed where the example looks for it, and found the second time",
  async () => {
    const cwd = await temporaryFolder();
    const mirror = await startMirror(async (request, response) =>
      sendFile(request, response, await readFile(join(MNIST ?? "", request.url ?? ""))),
    );
    const first = await pipeline(["data", "get", "mnist", "--from", mirror.url, "--json"], { cwd });
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout.trimEnd().split("\n")).toHaveLength(1);
    const [{ files }] = DATA_SETS;
    expect(JSON.parse(first.stdout)).toEqual({
      dataSet: "mnist",
      folder: join(cwd, "data/mnist"),
      files: files.map(({ name, bytes }) => ({
        path: join(cwd, "data/mnist", name),
        bytes,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        from: `${mirror.url}${name}`,
      })),
      durationMs: expect.any(Number) as number,
    });
    expect((await readdir(join(cwd, "data/mnist"))).toSorted()).toEqual(files.map(({ name }) => name).toSorted());

    const second = await pipeline(["data", "get", "mnist"], { cwd });
    expect(second).toEqual({
      exitCode: 0,
      stdout: [
        "data/mnist/train-images-idx3-ubyte.gz  9.9 MB  was there",
        "data/mnist/train-labels-idx1-ubyte.gz  28.9 kB  was there",
        "data/mnist/t10k-images-idx3-ubyte.gz  1.6 MB  was there",
        "data/mnist/t10k-labels-idx1-ubyte.gz  4.5 kB  was there",
        "",
      ].join("\n"),
      stderr: "",
    });
    expect(mirror.requests).toHaveLength(4);
  },
);

test("the example's default is where `data get mnist` puts the files when it is run in the repository", async () => {
  const folder = join(ROOT, "apps/pipeline/examples");
  const text = await readFile(join(folder, "mnist-mlp.json"), "utf8");
  const defaults = Array.from(text.matchAll(/\$\{MNIST_DIR:([^}]+)\}\/([\w.-]+)"/g), ([, path, name]) => join(folder, path, name));
  const [{ files }] = DATA_SETS;
  expect(defaults).toEqual(files.map(({ name }) => join(ROOT, "data/mnist", name)));
});
