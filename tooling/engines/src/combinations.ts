// Engines × threads × execution: what must give the same weights.
import type { Engine } from "./findEngine.ts";

/** The numbers of threads, more than the cores of many machines included. */
export const THREADS: readonly number[] = [1, 2, 3, 4, 8];
/** How kernels may be executed. */
export const EXECUTIONS: readonly Execution[] = ["narrow", "wide"];

/** 128 bits at a time, or 256 where the engine can. */
export type Execution = "narrow" | "wide";

/** One way to run the experiments. */
export interface Combination {
  readonly engine: Engine;
  readonly threads: number;
  readonly execution: Execution;
}

/** Every combination of `engines`, engine by engine. */
export function combinationsOf(engines: readonly Engine[]): Combination[] {
  return engines.flatMap((engine) =>
    EXECUTIONS.flatMap((execution) => THREADS.map((threads): Combination => ({ engine, threads, execution }))),
  );
}

/** `Node 24.21.0, wide, 3 threads`, as the odd one out is named. */
export function nameOf({ engine, threads, execution }: Combination): string {
  return `Node ${engine.version}, ${execution}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
