// A sink that does its worst in one of its calls: `at` is the call ("open", "write", "flush" or "close"), and `how` what it does there.
// A write does it at the event number `from` and at all that follow. `ms` is for how long it spins or dawdles; without it a spin has no end.
import { parentPort } from "node:worker_threads";

const kept = [];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const FAULTS = {
  throws: () => {
    throw new Error("out of ink");
  },
  rejects: () => Promise.reject(new Error("out of ink")),
  neverResolves: () => new Promise(() => undefined),
  spins: ({ ms = Infinity }) => {
    for (const end = Date.now() + ms; Date.now() < end;);
  },
  exits: () => process.exit(3),
  leaks: ({ most = Infinity }) => {
    for (let size = 0; size < most; size += 1) kept.push(Array.from({ length: 125_000 }, () => Math.random()));
  },
  leaksBuffers: async () => {
    for (;;) {
      kept.push(new Uint8Array(4e6));
      await sleep(1);
    }
  },
  isSlow: ({ ms }) => sleep(ms),
  writesGarbage: (_, event) => {
    parentPort?.postMessage({ type: "done", id: 1 });
    parentPort?.postMessage("\u0000\u001b[2J");
    process.stdout.write(Buffer.from([0, 255, 27, 91, 50, 74, 10]));
    if (event !== undefined) Object.defineProperty(event, "cost", { value: Number.NaN, configurable: true });
    // It can't be turned into text.
    throw Object.create(null);
  },
};

export default {
  name: "hostile",
  async open({ at, how, from = 7, ...options }) {
    const act = (call, event) => (call === at ? FAULTS[how](options, event) : undefined);
    await act("open");
    return {
      write: (event) => (event.sequence >= from ? act("write", event) : undefined),
      flush: () => act("flush"),
      close: () => act("close"),
    };
  },
};
