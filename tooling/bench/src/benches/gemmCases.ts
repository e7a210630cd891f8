// The products that `bench gemm` asks for, and what they must give.
import { BenchError, EXIT } from "../BenchError.ts";

/** C = op(A)·op(B), with op(A) `[m × k]` and op(B) `[k × n]`; a transposed operand stands as its transpose in memory. */
export interface GemmShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A shape by its name, `MxKxN` and which operands are transposed. */
export interface GemmCase extends GemmShape {
  readonly name: string;
}

/** What a program that multiplies is asked for: the product, again and again for so long, at least three times. */
export interface GemmRequest extends GemmCase {
  readonly milliseconds: number;
  readonly probes: readonly number[];
}

/** What it answers. */
export interface GemmReply {
  /** Of its shortest call. */
  readonly milliseconds: number;
  /** The elements of C at the probes. */
  readonly values: readonly number[];
}

/** Squares, a mini-batch, a small output layer, and the two transposed products of training. */
export const GEMM_CASES: readonly GemmCase[] = [
  gemmCase(1000, 784, 1000),
  gemmCase(1000, 784, 1000, "nt"),
  gemmCase(1000, 784, 1000, "tn"),
  gemmCase(1024, 1024, 1024),
  gemmCase(64, 784, 128),
  gemmCase(10, 1000, 1000),
];

/** Elements that are compared. */
const PROBES = 20;
/** Rounding in f32 stays far below, a wrong element differs by about the square root of k. */
const TOLERANCE = 1e-3;

/** Elements of C, by index, that a contestant has to show: the first, the last, and others in between, of all rows and columns. */
export function probesOf({ m, n }: GemmShape): number[] {
  return Array.from({ length: PROBES }, (_, index) => Math.floor((index * (m * n - 1)) / (PROBES - 1)));
}

/** What C holds at `probes`, summed in f64. */
export function expectedAt(shape: GemmShape, a: Float32Array, b: Float32Array, probes: readonly number[]): number[] {
  const { m, k, n, transposeA, transposeB } = shape;
  return probes.map((probe) => {
    const [row, column] = [Math.floor(probe / n), probe % n];
    let sum = 0;
    for (let step = 0; step < k; step += 1) {
      sum += a[transposeA ? step * m + row : row * k + step] * b[transposeB ? column * k + step : step * n + column];
    }
    return sum;
  });
}

/** Throws a BenchError unless every value is as expected. */
export function checkProduct(who: string, name: string, values: readonly number[], expected: readonly number[]): void {
  const wrong = expected.findIndex((value, index) => !(Math.abs(values[index] - value) <= TOLERANCE));
  if (wrong < 0) return;
  throw new BenchError(
    EXIT.failed,
    `${who} does not multiply at ${name}: an element is ${values[wrong]}, it should be ${expected[wrong]}. No ratio is given.`,
  );
}

function gemmCase(m: number, k: number, n: number, transposes: "nn" | "nt" | "tn" = "nn"): GemmCase {
  const name = `${m}x${k}x${n}`;
  return {
    name: transposes === "nn" ? name : `${name}-${transposes}`,
    m,
    k,
    n,
    transposeA: transposes === "tn",
    transposeB: transposes === "nt",
  };
}
