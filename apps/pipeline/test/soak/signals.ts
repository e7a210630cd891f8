// 500 runs ended by SIGINT at random moments. `--slice 1/8` does an eighth.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endBySignal, endlessProject } from "../interrupted/endedRun.ts";

const RUNS = 500;

const { values } = parseArgs({ options: { slice: { type: "string", default: "1/1" } } });
const [, share] = values.slice.split("/").map(Number);
const runs = Math.ceil(RUNS / share);
const folder = await mkdtemp(join(tmpdir(), "downhill-signals-"));
await endlessProject(folder);
const start = performance.now();
let [faults, begun] = [0, 0];
for (let run = 0; run < runs; run += 1) {
  const moment = Math.random();
  const ended = await endBySignal(folder, `ended-${run}`, moment);
  if (ended.begun) begun += 1;
  if (ended.fault !== undefined) {
    faults += 1;
    process.stdout.write(`ended at ${moment.toFixed(3)}: ${ended.fault}\n`);
  }
  await rm(join(folder, `ended-${run}`), { recursive: true, force: true });
  const left = ((performance.now() - start) / (run + 1)) * (runs - run - 1);
  process.stderr.write(`${run + 1} of ${runs} runs ended, about ${Math.ceil(left / 1000)} s left\n`);
}
process.stdout.write(`signals: ${runs - faults} of ${runs} runs ended in order, ${begun} of them after they had begun\n`);
await rm(folder, { recursive: true, force: true });
if (faults > 0) process.exitCode = 1;
