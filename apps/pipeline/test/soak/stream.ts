// `pnpm soak stream`: one epoch over a table of 2 GB that stays in its file. Exits 1 if the process takes more than 300 MB. `--slice 1/8` takes
// an eighth of the table.
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { largeTable, measureRun } from "../largeTable.ts";

const TABLE_BYTES = 2e9;
const MOST_BYTES = 300e6;

const { slice = "1/1" } = parseArgs({ options: { slice: { type: "string" } } }).values;
const bytes = TABLE_BYTES / Number(slice.split("/")[1]);
const { bavail, bsize } = await statfs(tmpdir());
if (bavail * bsize < 1.1 * bytes) {
  console.error(
    `stream: ${tmpdir()} has ${megabytes(bavail * bsize)} free, the table takes ${megabytes(bytes)}; set TMPDIR to another folder`,
  );
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), "downhill-soak-"));
process.once("SIGINT", () => void rm(folder, { recursive: true }).then(() => process.exit(130)));
try {
  await largeTable(folder, bytes);
  const { peakBytes, seconds, result } = measureRun(folder);
  const epoch = result.durationMs / 1000;
  console.log(
    `stream: ${megabytes(bytes)} in ${seconds.toFixed(0)} s, of which the epoch ${epoch.toFixed(0)} s (${megabytes(bytes / epoch)}/s); ` +
      `test accuracy ${(result.test.accuracy * 100).toFixed(2)}%; peak RSS ${megabytes(peakBytes)}`,
  );
  if (peakBytes > MOST_BYTES) {
    console.error(`stream: the process took more than ${megabytes(MOST_BYTES)}`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}

function megabytes(count: number): string {
  return `${(count / 1e6).toFixed(0)} MB`;
}
