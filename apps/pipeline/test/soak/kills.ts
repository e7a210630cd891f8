// 200 runs killed with SIGKILL at random moments and gone on with; a tenth of them killed ten times. `--slice 1/8` does an eighth.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killAndResume, killProject } from "../interrupted/killedRun.ts";

const KILLS = 200;

const { values } = parseArgs({ options: { slice: { type: "string", default: "1/1" } } });
const [, share] = values.slice.split("/").map(Number);
const runs = Math.ceil(KILLS / share);
const folder = await mkdtemp(join(tmpdir(), "downhill-kills-"));
const project = await killProject(folder);
const start = performance.now();
let faults = 0;
for (let run = 0; run < runs; run += 1) {
  const often = run % 10 === 9;
  const moments = Array.from({ length: often ? 10 : 1 }, () => Math.random() * project.durationMs * 1.05);
  const fault = await killAndResume(project, `killed-${run}`, moments);
  if (fault !== undefined) {
    faults += 1;
    process.stdout.write(`killed after ${moments.map(Math.round).join(", ")} ms: ${fault}\n`);
  }
  const left = ((performance.now() - start) / (run + 1)) * (runs - run - 1);
  process.stderr.write(`${run + 1} of ${runs} runs killed, about ${Math.ceil(left / 1000)} s left\n`);
}
process.stdout.write(`kills: ${runs - faults} of ${runs} runs ended in the same bits, with each event once\n`);
await rm(folder, { recursive: true, force: true });
if (faults > 0) process.exitCode = 1;
