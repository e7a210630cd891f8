// A thread that dies is an error at once, also in the middle of a job, and never a hang. Helpers are started from dist/.
import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type * as source from "../src/index.ts";
import type { Kernels } from "../src/kernels.ts";
import type * as behind from "../src/Linalg.ts";
import { Team } from "../src/Team.ts";
import type { ModuleExports } from "../src/wasm.ts";

const { createLinalg, exp } = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const { backendOf } = (await import(new URL("../dist/Linalg.js", import.meta.url).href)) as typeof behind;

/** Elements enough to be divided between two threads. */
const COUNT = 65_536;
/** Elements are handed out by cache lines. */
const LINE = 16;

describe("a thread of a team that traps", () => {
  // Does `work` with kernels that check nothing, told where the memory ends.
  async function trap(
    threads: number,
    work: (kernels: Kernels, end: number, linalg: source.Linalg) => void,
  ): Promise<{ readonly error: Error; readonly linalg: source.Linalg }> {
    const linalg = await createLinalg({ threads });
    // What `work` allocates does not move the end.
    linalg.reserve(2 ** 20);
    try {
      work(backendOf(linalg).kernels, linalg.buffer.byteLength, linalg);
    } catch (error) {
      return { error: error as Error, linalg };
    }
    throw new Error("nothing was thrown");
  }

  it("a helper: the caller is told, and so is everyone after it", async () => {
    const { error, linalg } = await trap(2, ({ exp: past }, end) => past(COUNT, end - COUNT * 2, end - COUNT * 2));
    expect(error.message).toBe("exp: a thread has died in its part of the work, and the results are incomplete; make a new createLinalg()");
    expect(error.name).toBe("LinalgError");
    const x = linalg.matrix(1, 1);
    expect(() => exp(x, x)).toThrow("a thread has died");
    await linalg.close();
  });

  it("the caller: its helpers are ended too, and the trap is the cause", async () => {
    const { error, linalg } = await trap(2, ({ exp: past }, end) => past(COUNT, end, end));
    expect(error.name).toBe("LinalgError");
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    await linalg.close();
  });

  it.each([2, 3])("a helper, while all others of %d threads wait at a barrier of a program", async (threads) => {
    // The last thread's part lies beyond the memory.
    const ownParts = Math.floor(((COUNT / LINE) * (threads - 1)) / threads) * LINE;
    const { error, linalg } = await trap(threads, ({ exp: past, sumRows }, end, made) => {
      const start = end - ownParts * 4;
      const row = made.matrix(1, 64).pointer;
      const program = made.capture(() => {
        past(COUNT, start, start);
        sumRows(COUNT / 64, 64, start, row);
      });
      expect(program.summary).toEqual({ jobs: 2, fused: 0, barriers: 2 });
      program.run(10);
    });
    expect(error.message).toBe("run: a thread has died in its part of the work, and the results are incomplete; make a new createLinalg()");
    expect(error.name).toBe("LinalgError");
    await linalg.close();
  });
});

describe("a helper that says nothing any more", () => {
  /** Naps of 10 ms for a helper that has not begun; one that has begun gets a minute, too long for a test. */
  const PATIENCE = 5;

  // Sums 1000 rows of one column, which is all the helper's if there is one.
  async function forkWith(program: string | undefined): Promise<readonly boolean[]> {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
    const module = await WebAssembly.compile(await readFile(new URL("../build/linalg.wasm", import.meta.url)));
    const main = (await WebAssembly.instantiate(module, { env: { memory } })).exports as ModuleExports;
    main.assemble(2, 0, 0);
    const team = new Team(main, memory, []);
    const helper = program === undefined ? undefined : new Worker(program, { eval: true, workerData: { module, memory } });
    if (helper !== undefined) await new Promise((resolve) => helper.once("message", resolve));
    const sum = (patience: number): boolean => {
      const args = [1000, 1, 1, memory.buffer.byteLength / 2, main.heapBase.value];
      team.write(main.JOB.value, "SUM_ROWS", args, { shared: true, barrier: false, epilogue: 0 });
      return main.fork(1, patience) !== 0;
    };
    // A first job wakes the helper, however busy the machine is.
    const done = helper === undefined ? [sum(PATIENCE)] : [sum(1000), sum(PATIENCE)];
    await helper?.terminate();
    return done;
  }

  it("before it has begun", async () => {
    expect(await forkWith(undefined)).toEqual([false]);
  });

  it("and one that works is waited for", async () => {
    const helps = `const { parentPort, workerData: { module, memory } } = require("node:worker_threads");
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      parentPort.postMessage("ready");
      exports.help(1);`;
    expect(await forkWith(helps)).toEqual([true, true]);
  });
});

it("a closed team says so", async () => {
  const linalg = await createLinalg({ threads: 2 });
  const x = linalg.matrix(1, COUNT);
  exp(x, x);
  await linalg.close();
  expect(() => exp(x, x)).toThrow("exp: this Linalg has been closed; make a new createLinalg()");
});
