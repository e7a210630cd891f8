// A program that reads a file several times and prints the most memory it has held. The built package: compiling TypeScript in the
// process would count as the reader's memory.
import { readCsv } from "../../dist/index.js";

const [file, times] = process.argv.slice(2);
let rows = 0;
for (let time = 0; time < Number(times); time += 1) {
  for await (const batch of readCsv(file)) rows += batch.rows;
}
process.stdout.write(JSON.stringify({ rows, peakBytes: 1024 * process.resourceUsage().maxRSS }));
