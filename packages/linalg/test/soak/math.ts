// `pnpm soak math`: exp, log and tanh of every f32 there is, against f64. Exits 1 where one is off by more than 1 ulp.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { parseSlice, Progress, type Slice } from "@downhill/soak";
import { BATCH, type BatchFigures, type MathInput, type MathName } from "./mathBatches.ts";

const NAMES: readonly MathName[] = ["exp", "log", "tanh"];
const BATCHES = 2 ** 32 / BATCH;

const slice = parseSlice();
for (const name of NAMES) {
  const figures = await soak(name, slice);
  if (figures.wrong > 0) process.exitCode = 1;
}

async function soak(name: MathName, { number, of }: Slice): Promise<BatchFigures> {
  const batches = Array.from({ length: BATCHES }, (_, batch) => batch).filter((batch) => batch % of === number);
  const progress = new Progress(name, batches.length);
  const workers = availableParallelism();
  let total: BatchFigures = { worst: 0, at: 0, notNearest: 0, wrong: 0 };
  const shares = Array.from({ length: workers }, (_, worker) => batches.filter((_batch, index) => index % workers === worker));
  await Promise.all(
    shares.map((share) =>
      run({ name, batches: share }, (figures) => {
        total = combine(total, figures);
        progress.step();
      }),
    ),
  );
  const { worst, at, notNearest, wrong } = total;
  const count = batches.length * BATCH;
  const nearest = `${((100 * (count - notNearest)) / count).toFixed(2)}% are the nearest f32`;
  const verdict = wrong === 0 ? "none off by more than 1 ulp" : `${wrong} OFF BY MORE THAN 1 ULP`;
  console.log(
    `${name.padEnd(5)} ${count} arguments in ${progress.elapsed}: worst ${worst.toFixed(4)} ulp at ${describe(at)}, ${nearest}, ${verdict}`,
  );
  return total;
}

function run(input: MathInput, onBatch: (figures: BatchFigures) => void): Promise<void> {
  const worker = new Worker(new URL("./mathBatches.ts", import.meta.url), { workerData: input });
  return new Promise((resolve, reject) => {
    worker.on("message", onBatch);
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

function combine(a: BatchFigures, b: BatchFigures): BatchFigures {
  const { worst, at } = b.worst > a.worst ? b : a;
  return { worst, at, notNearest: a.notNearest + b.notNearest, wrong: a.wrong + b.wrong };
}

// −1.5 (0xbfc00000)
function describe(bits: number): string {
  const [value] = new Float32Array(Uint32Array.of(bits).buffer);
  return `${value} (0x${bits.toString(16).padStart(8, "0")})`;
}
