// A table that is larger than what reads it may take of memory, and how much that takes.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomStream } from "@downhill/random";

const COLUMNS = 20;
const BLOCK_ROWS = 20_000;
const BLOCKS = 8;

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

// Run before the command, in its main thread: all threads count to the one process.
const REPORT_PEAK = `data:text/javascript,${encodeURIComponent(
  'import { isMainThread } from "node:worker_threads"; import { writeFileSync } from "node:fs";' +
    'if (isMainThread) process.on("exit", () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));',
)}`;

/** What a run of the command took and gave. */
export interface MeasuredRun {
  readonly peakBytes: number;
  readonly seconds: number;
  readonly result: {
    readonly durationMs: number;
    readonly train: { readonly accuracy: number };
    readonly test: { readonly accuracy: number };
  };
}

/**
 * Writes `table.csv`, of about so many bytes: 20 numbers of four decimals and a class that two of them decide. A few blocks of rows recur,
 * since making them takes longer than writing; `config.json` trains one epoch on it, streamed.
 */
export async function largeTable(folder: string, bytes: number): Promise<void> {
  const stream = randomStream(1, "digits");
  const blocks = Array.from({ length: BLOCKS }, () => Buffer.from(Array.from({ length: BLOCK_ROWS }, () => record(stream)).join("")));
  const file = await open(join(folder, "table.csv"), "w");
  try {
    for (let written = 0, block = 0; written < bytes; block = (block + 1) % BLOCKS) {
      await file.write(blocks[block]);
      written += blocks[block].length;
    }
  } finally {
    await file.close();
  }
  const config = {
    data: { train: { file: "table.csv", label: COLUMNS }, test: { fraction: 0.1 }, scale: "standard", stream: true },
    model: {
      layers: [
        { type: "dense", units: 32, activation: "relu" },
        { type: "dense", units: 2 },
      ],
    },
    optimizer: { type: "adam", learningRate: 0.001 },
    epochs: 1,
    batchSize: 1024,
    sinks: [],
  };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
}

/** Runs the built command on the folder's config. Throws an Error with what it said if it fails. */
export function measureRun(folder: string): MeasuredRun {
  const peakFile = join(folder, "peak");
  const start = performance.now();
  const args = ["--import", REPORT_PEAK, MAIN, "run", "config.json", "--json", "--out", "run", "--overwrite"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PEAK_FILE: peakFile },
  });
  if (status !== 0) throw new Error(`the command ended with ${status}: ${stderr}`);
  const seconds = (performance.now() - start) / 1000;
  const kilobytes = Number(readFileSync(peakFile, "utf8"));
  return { peakBytes: kilobytes * 1024, seconds, result: JSON.parse(stdout) as MeasuredRun["result"] };
}

function record(stream: ReturnType<typeof randomStream>): string {
  const numbers = Array.from({ length: COLUMNS }, () => stream.uniform() * 4 - 2);
  const inside = numbers[0] * numbers[0] + numbers[1] * numbers[1] < 2.5 ? 1 : 0;
  return `${numbers.map((number) => number.toFixed(4)).join(",")},${inside}\n`;
}
