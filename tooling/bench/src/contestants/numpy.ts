// Which NumPy there is, and whether it is worth racing: with a BLAS that was not made for the machine it is no rival.
import type { Row } from "../Bench.ts";
import { ContestantProcess } from "./ContestantProcess.ts";
import { pythonRival } from "./programs.ts";

/** Below this on one thread, in GFLOP/s, a ratio would flatter us. */
const RIVAL_SGEMM = 50;

/** What python3 says of its NumPy. */
export interface Numpy {
  /** Whether it can be started at all; else `notes` say why not. */
  readonly present: boolean;
  /** Whether its ratios count. */
  readonly rival: boolean;
  /** Its sgemm on one thread. */
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** Starts python3 and measures its sgemm on one thread; half a second of work. */
export async function inspectNumpy(): Promise<Numpy> {
  const who = "numpy sgemm";
  const probe = new ContestantProcess(pythonRival(who, "sgemm.py", [], 1));
  try {
    const { version, gflops } = await probe.receive<{ readonly version: string; readonly gflops: number }>();
    const rows = [{ who, version, value: gflops, unit: "GFLOP/s" }];
    const rival = gflops >= RIVAL_SGEMM;
    const notes = rival
      ? []
      : [`NumPy's sgemm reaches ${gflops.toFixed(0)} GFLOP/s on one thread, under ${RIVAL_SGEMM}: no rival here, its ratios are left out.`];
    return { present: true, rival, rows, notes };
  } catch (error) {
    return { present: false, rival: false, rows: [], notes: [`NumPy is left out: ${(error as Error).message}`] };
  } finally {
    await probe.close();
  }
}

/** Those whose ratios count: all, or all but NumPy. */
export function worthRacing<Contestant extends { readonly who: string }>({ rival }: Numpy, all: readonly Contestant[]): Contestant[] {
  return all.filter(({ who }) => rival || !who.startsWith("numpy"));
}
