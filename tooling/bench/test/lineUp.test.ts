import { afterEach, expect, it } from "vitest";
import { BenchError } from "../src/BenchError.ts";
import { type Entry, lineUp } from "../src/contestants/lineUp.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

// Says `hello` and waits until its input ends.
function entry(who: string, hello: object, extra: Partial<Entry> = {}): Entry {
  const script = `console.log(${JSON.stringify(JSON.stringify(hello))}); process.stdin.resume();`;
  return { who, prepare: () => ({ who, command: process.execPath, args: ["-e", script] }), ...extra };
}

function uninstallable(who: string, extra: Partial<Entry> = {}): Entry {
  return { who, prepare: () => Promise.reject(new BenchError(1, "no network")), ...extra };
}

it("starts all that can be, in order, and tells who is left out and why", async () => {
  const { contestants, notes, close } = await lineUp([
    entry("narrow", { version: "1", compute: "narrow" }, { required: true, compute: "narrow" }),
    entry("wide", { version: "1", compute: "narrow", notice: "V8 has no such flag" }, { compute: "wide" }),
    uninstallable("tfjs"),
    entry("numpy", { error: "python3 has no NumPy" }),
    { who: "julia", prepare: () => ({ who: "julia", command: "downhill-no-such-program", args: [] }) },
    entry("jax", { version: "2" }),
  ]);
  closing.push(close);
  expect(contestants.map(({ who, version }) => [who, version])).toEqual([
    ["narrow", "1"],
    ["jax", "2"],
  ]);
  expect(notes).toEqual([
    "wide is left out: V8 has no such flag",
    "tfjs is left out: no network",
    "numpy is left out: numpy: python3 has no NumPy",
    "julia is left out: julia ended before its time (downhill-no-such-program was not found)",
  ]);
});

it("takes wide where it is executed so", async () => {
  const { contestants, notes, close } = await lineUp([entry("wide", { version: "1", compute: "wide" }, { compute: "wide" })]);
  closing.push(close);
  expect([contestants.length, notes.length]).toEqual([1, 0]);
});

it("gives up without one that is required", async () => {
  await expect(lineUp([entry("jax", { version: "2" }), uninstallable("narrow", { required: true })])).rejects.toThrow("no network");
});

it("hides no fault of its own", async () => {
  const fault: Entry = { who: "it", prepare: () => Promise.reject(new TypeError("x is undefined")) };
  await expect(lineUp([fault])).rejects.toThrow(TypeError);
});
