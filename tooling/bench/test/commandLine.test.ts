import { expect, it } from "vitest";
import type { Bench } from "../src/Bench.ts";
import { parseCommandLine } from "../src/commandLine.ts";

const bench = (options: Record<string, number>): Bench => ({ question: "?", options, run: () => Promise.reject(new Error("not run")) });
const benches = { seed: bench({ epochs: 10, rounds: 9 }), gemm: bench({ calls: 5 }) };
const parse = (line: string) => parseCommandLine(line.split(" ").filter(Boolean), benches);

it("takes the bench's own options over its defaults, in any order", () => {
  expect(parse("seed")).toMatchObject({ name: "seed", json: false, options: { epochs: 10, rounds: 9 } });
  expect(parse("--rounds 3 seed --json")).toMatchObject({ bench: benches.seed, json: true, options: { epochs: 10, rounds: 3 } });
  expect(benches.seed.options).toEqual({ epochs: 10, rounds: 9 });
});

it("is undefined where help is asked for", () => {
  expect(parse("--help")).toBeUndefined();
  expect(parse("seed -h")).toBeUndefined();
});

it.each([
  ["", "which bench? There are: seed, gemm"],
  ["sede", "there is no bench 'sede'. There are: seed, gemm"],
  ["toString", "there is no bench 'toString'"],
  ["seed gemm", "'gemm' is one argument too many"],
  ["gemm --epochs 3", "bench gemm takes no --epochs. It takes: --calls 5"],
  ["seed --epoch 3", "Unknown option '--epoch'; pnpm bench --help"],
  ["seed --epochs 0", "--epochs is '0'"],
  ["seed --epochs 1e3", "--epochs is '1e3'"],
  ["seed --epochs=-1", "--epochs is '-1'"],
])("refuses '%s' with exit code 2", (line, message) => {
  expect(() => parse(line)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }));
});
