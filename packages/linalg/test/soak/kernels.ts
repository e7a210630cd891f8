// `pnpm soak kernels`: 100,000 random calls of the kernels between canaries. Exits 1 at the first that is wrong.
import { parseSlice, Progress } from "@downhill/soak";
import type * as source from "../../src/index.ts";
import { randomCall } from "../calls/randomCall.ts";

const CALLS = 100_000;

const built = (await import(new URL("../../dist/index.js", import.meta.url).href)) as typeof source;
const { number, of } = parseSlice();
const teams = [await built.createLinalg({ threads: 1 }), await built.createLinalg({ threads: 3 })];
// The test of every day takes the first seeds.
const seeds = Array.from({ length: CALLS }, (_, index) => 1_000_000 + index).filter((seed) => seed % of === number);
const progress = new Progress("kernels", seeds.length);
let wrong: string | undefined;
for (const seed of seeds) {
  wrong = randomCall(built, teams[Math.floor(seed / of) % teams.length], seed);
  if (wrong !== undefined) break;
  progress.step();
}
console.log(
  wrong ?? `kernels: ${seeds.length} calls in ${progress.elapsed}, alone and with 3 threads: all right, and not a word written outside`,
);
if (wrong !== undefined) process.exitCode = 1;
await Promise.all(teams.map((team) => team.close()));
