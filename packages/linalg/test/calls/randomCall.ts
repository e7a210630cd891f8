// Calls of every public kernel with random shapes, options and values, each checked against its definition and watched
// for words that it writes elsewhere.
import type { Cell, Indices, Linalg, Matrix } from "../../src/index.ts";
import { relativeError } from "../matrices.ts";
import { Draw, type Package } from "./Draw.ts";
import { Guarded, rowsOf } from "./Guarded.ts";
import { images } from "./images.ts";
import { levels } from "./levels.ts";
import { nonlinear } from "./nonlinear.ts";
import { training } from "./training.ts";

const KERNELS = { ...levels, ...nonlinear, ...training, ...images };
/** Rounding of sums of 300 f32 products, relative to the largest result; see gemm.test.ts. */
const TOLERANCE = 5e-6;
/** One call in so many is captured and replayed. */
const REPLAYED = 8;

/** The names of the kernels that {@link randomCall} calls. */
export const KERNEL_NAMES: readonly string[] = Object.keys(KERNELS);

/** Makes the random call number `seed`. Returns what is wrong with it: a word written outside, or a wrong result. */
export function randomCall(from: Package, linalg: Linalg, seed: number): string | undefined {
  const guarded = new Guarded(linalg);
  try {
    const draw = new Draw(from, guarded, seed);
    const name = draw.one(KERNEL_NAMES);
    const { run, outputs } = KERNELS[name](draw);
    guarded.seal();
    if (draw.integer(REPLAYED) > 0) run();
    else linalg.capture(run).run();
    const broken = guarded.firstBroken(outputs.map(({ to }) => to));
    if (broken !== undefined) return `call ${seed}, ${name}: wrote outside its results, at ${broken}`;
    for (const { to, expected, terms } of outputs) {
      const error = relativeError(valuesOf(to), expected ?? [], terms);
      if (!(error < TOLERANCE)) return `call ${seed}, ${name}: off by ${error}${"columns" in to ? ` in ${to.rows} × ${to.columns}` : ""}`;
    }
    return undefined;
  } finally {
    guarded[Symbol.dispose]();
  }
}

function valuesOf(operand: Matrix | Indices | Cell): number[][] {
  if ("columns" in operand) return rowsOf(operand).map(({ data }) => Array.from(data));
  return "length" in operand ? [Array.from(operand.data)] : [[operand.value]];
}
