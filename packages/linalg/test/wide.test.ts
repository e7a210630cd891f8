// Wide execution: where it is there, that it gives the same bits, and what happens where it is not or gives others.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { compileWide } from "../src/compile.ts";
import type * as source from "../src/index.ts";
import { createLinalg as createFromSource } from "../src/index.ts";
import { answer, KNOWN_ANSWER } from "../src/selfTest/selfTest.ts";
import { startLinalg } from "../src/startLinalg.ts";
import { whyNotWide } from "../src/wideFlags.ts";
import { randomValues } from "./randomValues.ts";

const DIST = new URL("../dist/index.js", import.meta.url).href;
const { createLinalg, gemm, softmaxCrossEntropy, sumRows, tanh } = (await import(DIST)) as typeof source;

const unavailable = await whyNotWide();
const hasAvx2 = process.platform !== "linux" || readFileSync("/proc/cpuinfo", "utf8").includes("avx2");
const major = Number(process.versions.node.split(".")[0]);

it.runIf(process.arch === "x64" && major >= 24 && major <= 26 && hasAvx2)("is there on Node 24 to 26, x64 with AVX2", async () => {
  expect(unavailable).toBeUndefined();
  const linalg = await createLinalg({ threads: 1, wide: true });
  expect([linalg.compute, linalg.notice]).toEqual(["wide", undefined]);
});

it("narrow execution is the default, without a notice", async () => {
  const linalg = await createLinalg({ threads: 1 });
  expect([linalg.compute, linalg.notice]).toEqual(["narrow", undefined]);
});

describe.skipIf(unavailable !== undefined)("wide and narrow give the same bits", () => {
  it("over the self-test", async () => {
    expect(answer(await createFromSource({ threads: 1, wide: true }))).toBe(KNOWN_ANSWER);
  });

  it.each([
    [97, 133, 300],
    [128, 256, 64],
    [33, 1000, 784],
    [301, 12, 450],
  ])("over a layer of %d × %d over %d, by one thread and by three", async (m, n, k) => {
    const results = await Promise.all(
      [{ threads: 1 }, { threads: 1, wide: true }, { threads: 3, wide: true }].map(async (options) => {
        const linalg = await createLinalg(options);
        const next = randomValues(m + n + k);
        const values = (count: number): Float32Array => Float32Array.from({ length: count }, next);
        const [x, w, z] = [linalg.matrix(m, k, values(m * k)), linalg.matrix(k, n, values(k * n)), linalg.matrix(m, n)];
        gemm(x, w, z);
        tanh(z, z);
        const [row, gradient, losses] = [linalg.matrix(1, n), linalg.matrix(m, n), linalg.matrix(m, 1)];
        sumRows(z, row);
        softmaxCrossEntropy(z, linalg.indices(m), gradient, losses);
        gemm(x, gradient, w, { transposeA: true, alpha: -0.5, beta: 1 });
        const numbers = [linalg.compute, ...[z, row, gradient, losses, w].map(({ data }) => Array.from(data))];
        await linalg.close();
        return numbers;
      }),
    );
    const [[, ...narrow], [first, ...wide], [second, ...wideByThree]] = results;
    expect([first, second]).toEqual(["wide", "wide"]);
    expect(wide).toEqual(narrow);
    expect(wideByThree).toEqual(narrow);
  });
});

describe.skipIf(unavailable !== undefined)("the compiler's switches", () => {
  // V8's own trace, on standard output, says which functions it tries to fuse.
  const traced = async (program: string): Promise<string[]> => {
    const text = `
      const { createLinalg, gemm } = await import(${JSON.stringify(DIST)});
      const work = async (options) => {
        console.log("begin");
        const linalg = await createLinalg({ threads: 1, ...options });
        const [a, b, c] = [linalg.matrix(256, 256), linalg.matrix(256, 256), linalg.matrix(256, 256)];
        // More than enough for the optimising compiler to be called, which works beside the program.
        for (let round = 0; round < 20; round += 1) {
          gemm(a, b, c);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      };
      ${program}`;
    const args = ["--trace-wasm-revectorize", "--input-type=module", "-e", text];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 20_000, maxBuffer: 2 ** 26 });
    expect(stderr).toBe("");
    return stdout.split("begin\n").slice(1);
  };

  it("make the kernels wide although they have been compiled before, and nothing else", async () => {
    const [before, wide, after] = await traced("await work(); await work({ wide: true }); await work();");
    expect(wide).toContain("PackNode");
    expect([before, after]).toEqual(["", ""]);
  });

  it("are put back: narrow kernels that are compiled afterwards stay so", async () => {
    const [wide, after] = await traced("await work({ wide: true }); await work();");
    expect(wide).toContain("PackNode");
    expect(after).toBe("");
  });

  it("do not reach a narrow compilation at the same time", async () => {
    const program = `const made = await Promise.all([false, true, false].map((wide) => createLinalg({ threads: 1, wide })));
      console.log(made.map(({ compute }) => compute).join());
      console.log("begin"); await work();`;
    const [after] = await traced(program);
    expect(after).toBe("");
  });
});

it.skipIf(unavailable !== undefined)("falls back where the optimised code does not give the known answer", async () => {
  const kernels = await compileWide("0123456789abcdef");
  const linalg = await startLinalg(kernels, 1);
  expect(linalg.compute).toBe("narrow");
  expect(linalg.notice).toBe(
    `wide execution has failed its self-test on Node ${process.versions.node}; the kernels run narrow, to the right bits`,
  );
  expect(answer(linalg)).toBe(KNOWN_ANSWER);
});

describe("where it is not possible", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ["in a browser", undefined, "it needs Node; no browser lets a page ask for it"],
    ["on Node 22", { versions: { node: "22.23.3" }, arch: "x64" }, "it needs Node 24 to 26, and this is 22.23.3"],
    ["on Node 27", { versions: { node: "27.0.0" }, arch: "x64" }, "it needs Node 24 to 26, and this is 27.0.0"],
    ["on ARM", { versions: { node: "24.0.0" }, arch: "arm64" }, "it needs an x64 processor, and this is arm64"],
  ])("%s it says why", async (_where, stub, why) => {
    vi.stubGlobal("process", stub);
    expect(await whyNotWide()).toBe(why);
  });

  it("the kernels are narrow, with a notice", async () => {
    vi.stubGlobal("process", Object.create(process, { arch: { value: "arm64" } }));
    const linalg = await startLinalg(await compileWide(), 1);
    expect(linalg.compute).toBe("narrow");
    expect(linalg.notice).toMatch(/^wide execution is not possible here: it needs .+; the kernels run narrow, to the same bits$/);
    expect(answer(linalg)).toBe(KNOWN_ANSWER);
  });
});
