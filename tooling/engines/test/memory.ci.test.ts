// Memory stays level over a long run: the slope of the resident set, by least squares, in a process of its own.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("../src/longRun.ts", import.meta.url));
/** Epochs before the first that counts: compilers and the garbage collector come to rest. */
const WARM_UP = 5000;
const EPOCHS = 10_000;
const EVERY = 50;
const MEBIBYTE = 2 ** 20;

/** The slope of the straight line with the least squares through (0, y₀), (1, y₁) … */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const products = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return products / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}

it("the slope of a line is found", () => {
  expect(slope([5, 7, 9, 11])).toBeCloseTo(2, 12);
  expect(slope([4, 6, 4, 6, 4])).toBeCloseTo(0, 12);
});

it.each([1, 2])("10,000 epochs with %d threads take less than 1 MB per 1,000 epochs", async (threads) => {
  const args = [PROGRAM, `${threads}`, `${WARM_UP + EPOCHS}`, `${EVERY}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 240_000 });
  const samples = (JSON.parse(stdout) as number[]).slice(WARM_UP / EVERY);
  expect(samples).toHaveLength(EPOCHS / EVERY);
  const perThousand = slope(samples) * (1000 / EVERY);
  expect(perThousand / MEBIBYTE).toBeLessThan(1);
});
