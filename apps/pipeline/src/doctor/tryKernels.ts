// The kernels tried out in one of their two widths: whether they start, whether they are right, how fast they are.
import { createLinalg, gemm, type Linalg, selfTest } from "@downhill/linalg";

/** How the kernels do. */
export interface KernelFindings {
  readonly available: boolean;
  /** Why they are not available. */
  readonly reason?: string;
  /** Whether they give the known bits, all threads at work. */
  readonly selfTest?: "passed" | "failed";
  /** The best of some products, in 10⁹ operations a second, by the number of threads: one, and all that a run would use. */
  readonly speeds?: readonly { readonly threads: number; readonly gflops: number }[];
}

/** Rows and columns of the factors of the product that is timed. */
export const PRODUCT_SIZE = 512;
/** Long enough for the optimising compiler to have come in, and for a best of many. */
const TIMING_MS = 200;

/** Starts the kernels with one thread and with all, tests and times them. */
export async function tryKernels({ wide }: { readonly wide: boolean }): Promise<KernelFindings> {
  try {
    const all = await createLinalg({ wide });
    if (wide && all.compute !== "wide") {
      await all.close();
      return { available: false, reason: all.notice };
    }
    const right = selfTest(all);
    const several = { threads: all.threads, gflops: fastest(all) };
    await all.close();
    const single = { threads: 1, gflops: fastest(await createLinalg({ wide, threads: 1 })) };
    return { available: true, selfTest: right ? "passed" : "failed", speeds: several.threads === 1 ? [single] : [single, several] };
  } catch (error) {
    return { available: false, reason: (error as Error).message };
  }
}

function fastest(linalg: Linalg): number {
  const operations = 2 * PRODUCT_SIZE ** 3;
  const ramp = Float32Array.from({ length: PRODUCT_SIZE ** 2 }, (_, index) => (index % 251) - 125.5);
  const [a, b, c] = [ramp, ramp, undefined].map((values) => linalg.matrix(PRODUCT_SIZE, PRODUCT_SIZE, values));
  const end = performance.now() + TIMING_MS;
  let shortest = Infinity;
  for (let start = performance.now(); start < end; start = performance.now()) {
    gemm(a, b, c);
    shortest = Math.min(shortest, performance.now() - start);
  }
  return operations / shortest / 1e6;
}
