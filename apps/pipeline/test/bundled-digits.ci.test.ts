// The reference experiment on the digits that come with the repository: about as hard as the real ones.
import { expect, test } from "vitest";
import { referenceRun } from "./referenceRun.ts";

test.each([0, 1, 2])(
  "the bundled digits, seed %i: all of those that it was trained on, 0.85 to 0.92 of others",
  async (seed) => {
    const { trainAccuracy, testAccuracy } = await referenceRun(seed);
    expect(trainAccuracy).toBe(1);
    expect(testAccuracy).toBeGreaterThanOrEqual(0.85);
    expect(testAccuracy).toBeLessThanOrEqual(0.92);
  },
  300_000,
);
