// `pnpm soak mutations`: 100,000 random mutations of a checkpoint and a model are read. `--slice 1/8` does an eighth.
import { parseSlice, Progress } from "@downhill/soak";
import { MOST_GROWTH_BYTES, runMutations } from "../checkpoint/runMutations.ts";

const MUTATIONS = 100_000;
const STEP = 10_000;

const { number, of } = parseSlice();
const [first, last] = [number, number + 1].map((end) => Math.floor((MUTATIONS * end) / of));
const progress = new Progress("mutations", Math.ceil((last - first) / STEP));
let [refused, mostGrown] = [0, 0];
const faults: string[] = [];
for (let from = first; from < last; from += STEP) {
  const result = runMutations(from, Math.min(from + STEP, last), 600_000);
  refused += result.refused;
  mostGrown = Math.max(mostGrown, result.grownBytes);
  faults.push(...result.faults);
  progress.step();
}
for (const fault of faults) console.error(fault);
if (mostGrown > MOST_GROWTH_BYTES) console.error(`mutations: reading them took ${(mostGrown / 1e6).toFixed(1)} MB beyond intact files`);
console.log(
  `mutations: ${last - first} in ${progress.elapsed}, ${faults.length} faults; behind the hash ${refused} refused; ` +
    `at most ${(mostGrown / 1e6).toFixed(1)} MB beyond intact files`,
);
if (faults.length > 0 || mostGrown > MOST_GROWTH_BYTES) process.exitCode = 1;
