// predict on a table that comes as a stream, never as a whole: memory stays the same, though every field's text is new.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipeline, startPipeline } from "./command.ts";
import { smallProject } from "./smallProject.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const ROWS = 800_000;
const ROWS_A_PIECE = 10_000;
// Under these limits Node with our modules and its garbage takes 120 MB.
const NODE_OPTIONS = `--max-old-space-size=64 --max-semi-space-size=4 --import=${new URL("plugins/peakMemory.mjs", import.meta.url).href}`;
const MOST_MB = 180;

function piece(start: number): string {
  let text = "";
  // The numbers of `noise` are read as texts, since they may be missing; no two are alike.
  for (let row = start; row < start + ROWS_A_PIECE; row += 1) {
    const noise = row % 100 === 0 ? "" : (row / 1e6).toFixed(6);
    text += `row ${row} of a long table with text,${row % 5}.${row % 997},-${row % 3}.${row % 991},${noise},"a note, ${row}"\n`;
  }
  return text;
}

test.skipIf(process.platform !== "linux")("50 MB of rows go through predict in bounded memory", async () => {
  const data = { train: { file: "table.csv", label: "kind" }, columns: { noise: { missing: "median" } }, scale: "standard" };
  const folder = await smallProject({ data });
  expect((await pipeline(["run", "config.json", "--out", "run"], { cwd: folder })).exitCode).toBe(0);
  const peakFile = join(await temporaryFolder(), "peak");
  const { process: child, result } = startPipeline(["predict", "run", "-", "--out", "out.csv"], {
    cwd: folder,
    input: "id,width,depth,noise,note\n",
    inputStaysOpen: true,
    env: { NODE_OPTIONS, DOWNHILL_TEST_PEAK: peakFile },
    longestMs: 90_000,
  });
  let bytes = 0;
  // Of a command that has failed the result tells; nothing reads its input any more.
  for (let start = 0; start < ROWS && !child.stdin.destroyed; start += ROWS_A_PIECE) {
    const text = piece(start);
    bytes += text.length;
    // eslint-disable-next-line no-await-in-loop
    if (!child.stdin.write(text)) await Promise.race([once(child.stdin, "drain"), result]);
  }
  child.stdin.end();
  expect(await result).toMatchObject({ exitCode: 0, stdout: "" });
  expect(bytes).toBeGreaterThan(50e6);
  const lines = (await readFile(join(folder, "out.csv"), "utf8")).split("\n").length;
  expect(lines).toBe(1 + ROWS + 1);
  expect(Number(await readFile(peakFile, "utf8")) / 1024).toBeLessThan(MOST_MB);
});
