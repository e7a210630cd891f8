// A thread that dies is an error at once, also in the middle of a job, and never a hang. Helpers are started from dist/.
import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type * as source from "../src/index.ts";
import type { ModuleExports } from "../src/wasm.ts";

const { createLinalg, exp } = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;

/** Elements enough to be divided between two threads. */
const COUNT = 65_536;

describe("a thread of a team that traps", () => {
  // A kernel called past its checks: a part of [from, from + COUNT) lies beyond the memory.
  async function trap(from: (end: number) => number): Promise<{ readonly error: unknown; readonly linalg: source.Linalg }> {
    const linalg = await createLinalg({ threads: 2 });
    const address = from(linalg.buffer.byteLength);
    try {
      linalg.kernels.exp(COUNT, address, address);
    } catch (error) {
      return { error, linalg };
    }
    throw new Error("nothing was thrown");
  }

  it("a helper: the caller is told, and so is everyone after it", async () => {
    const { error, linalg } = await trap((end) => end - COUNT * 2);
    expect((error as Error).message).toBe(
      "EXP: a thread has died in its part of the work, and the results are incomplete; make a new createLinalg()",
    );
    expect((error as Error).name).toBe("LinalgError");
    const x = linalg.matrix(1, 1);
    expect(() => exp(x, x)).toThrow("a thread has died");
    await linalg.close();
  });

  it("the caller: its helpers are ended too, and the trap is the cause", async () => {
    const { error, linalg } = await trap((end) => end);
    expect((error as Error).name).toBe("LinalgError");
    expect((error as Error).cause).toBeInstanceOf(WebAssembly.RuntimeError);
    await linalg.close();
  });
});

describe("a helper that says nothing any more", () => {
  /** Naps of 10 ms for a helper that has not begun; six times as many for one that has. */
  const PATIENCE = 5;

  // Sums 1000 rows of one column at `x`: a part that is all the helper's, since columns are handed out by the line.
  async function forkWith(program: string | undefined, x: number): Promise<{ readonly done: boolean; readonly milliseconds: number }> {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
    const module = await WebAssembly.compile(await readFile(new URL("../build/linalg.wasm", import.meta.url)));
    const main = (await WebAssembly.instantiate(module, { env: { memory } })).exports as ModuleExports;
    main.assemble(2);
    const helper = program === undefined ? undefined : new Worker(program, { eval: true, workerData: { module, memory } });
    helper?.on("error", () => undefined);
    if (helper !== undefined) await new Promise((resolve) => helper.once("message", resolve));
    const sum = (from: number, patience: number): boolean => {
      new Float64Array(memory.buffer, main.ARGUMENTS.value, 5).set([1000, 1, 1, from, main.heapBase.value]);
      return main.fork((main["SUM_ROWS"] as WebAssembly.Global<"i32">).value, 1, patience) !== 0;
    };
    // A first job wakes the helper, however busy the machine is.
    if (helper !== undefined) expect(sum(memory.buffer.byteLength / 2, 1000)).toBe(true);
    const start = performance.now();
    const done = sum(x, PATIENCE);
    const milliseconds = performance.now() - start;
    await helper?.terminate();
    return { done, milliseconds };
  }

  // Not ours: where it traps, it is gone without a word.
  const helps = `const { parentPort, workerData: { module, memory } } = require("node:worker_threads");
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    parentPort.postMessage("ready");
    exports.help(1);`;

  it("before it has begun", async () => {
    expect((await forkWith(undefined, 0)).done).toBe(false);
  });

  it("in the middle of the job", async () => {
    const { done, milliseconds } = await forkWith(helps, 64 * 65_536);
    expect(done).toBe(false);
    // Naps are never shorter than asked for: it has waited for more than the helper's beginning.
    expect(milliseconds).toBeGreaterThan(2 * PATIENCE * 10);
  });

  it("and one that works is waited for", async () => {
    expect((await forkWith(helps, 32 * 65_536)).done).toBe(true);
  });
});

it("a closed team says so", async () => {
  const linalg = await createLinalg({ threads: 2 });
  const x = linalg.matrix(1, COUNT);
  exp(x, x);
  await linalg.close();
  expect(() => exp(x, x)).toThrow("EXP: this Linalg has been closed; make a new createLinalg()");
});
