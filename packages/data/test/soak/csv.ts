// `pnpm soak csv`: 1,000,000 generated documents, half of them of numbers, each read in random chunks and compared with the
// reference parser; of one in a hundred, the same at every split point. Exits 1 at the first difference.
import { parseSlice, Progress } from "@downhill/soak";
import { checkDocument } from "../support/checkDocument.ts";

const DOCUMENTS = 1_000_000;
const STEP = 1000;
const SPLIT_ONE_IN = 100;

const { number, of } = parseSlice();
// The test of every day takes the first seeds.
const seeds = Array.from({ length: DOCUMENTS }, (_, index) => 1_000_000 + index).filter((seed) => seed % of === number);
const progress = new Progress("csv", Math.ceil(seeds.length / STEP));
let wrong: string | undefined;
for (const [index, seed] of seeds.entries()) {
  const kind = index % 2 === 0 ? "general" : "numeric";
  wrong = await checkDocument(kind, seed, { everySplit: index % SPLIT_ONE_IN < 2 });
  if (wrong !== undefined) break;
  if ((index + 1) % STEP === 0 || index + 1 === seeds.length) progress.step();
}
console.log(wrong ?? `csv: ${seeds.length} documents in ${progress.elapsed}: all read as by the reference parser`);
if (wrong !== undefined) process.exitCode = 1;
