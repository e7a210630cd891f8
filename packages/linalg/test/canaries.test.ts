// Random calls of every kernel: right results, and not a word written beside them. `pnpm soak kernels` makes more.
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as source from "../src/index.ts";
import type { Linalg } from "../src/index.ts";
import { Guarded } from "./calls/Guarded.ts";
import { KERNEL_NAMES, randomCall } from "./calls/randomCall.ts";

// As built: teams are started from dist/.
const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as typeof source;
const CALLS = 1500;

let alone: Linalg;
let team: Linalg;
beforeAll(async () => {
  alone = await built.createLinalg({ threads: 1 });
  team = await built.createLinalg({ threads: 3 });
});
afterAll(() => team.close());

it("knows every kernel of the package", () => {
  const others = ["Cell", "Indices", "Linalg", "LinalgError", "Matrix", "NORM_BLOCK", "Program", "Windows", "createLinalg", "selfTest"];
  expect(KERNEL_NAMES.toSorted()).toEqual(
    Object.keys(built)
      .filter((name) => !others.includes(name))
      .toSorted(),
  );
});

it("one thread writes what it should and nothing else", () => {
  for (let seed = 0; seed < CALLS; seed += 1) expect(randomCall(built, alone, seed)).toBeUndefined();
});

it("so do three", () => {
  for (let seed = CALLS; seed < 2 * CALLS; seed += 1) expect(randomCall(built, team, seed)).toBeUndefined();
});

it("a word before, between, behind or after operands that changes is seen", () => {
  using guarded = new Guarded(alone);
  const x = guarded.matrix(2, 3, () => 1, 2);
  const order = guarded.indices(2, () => 0, 1);
  const sum = guarded.cell(0);
  const block = guarded.block(2, 3, () => 1, 1);
  const constant = guarded.constant(2, 4, () => 0);
  guarded.seal();
  const results = [x, order, sum, block];
  const outside = [
    ...[x.pointer - 4, x.end, order.pointer - 4, order.end, sum.pointer - 4, sum.pointer + 8],
    ...[block.pointer - 4, block.pointer + 12, block.pointer + 16, block.end],
    ...[constant.pointer, constant.end, constant.compressed?.pointer ?? 0],
  ];
  for (const address of outside) {
    const word = new Uint32Array(alone.buffer, address, 1);
    word[0] ^= 1;
    expect(guarded.firstBroken(results)).toBe(address);
    word[0] ^= 1;
  }
  x.data.fill(2);
  expect(guarded.firstBroken(results)).toBeUndefined();
  expect(guarded.firstBroken([order, sum, block])).toBe(x.pointer);
});
