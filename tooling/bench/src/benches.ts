// Every bench by its name on the command line.
import type { Bench } from "./Bench.ts";
import { csv } from "./benches/csv.ts";
import { events } from "./benches/events.ts";
import { gemm } from "./benches/gemm.ts";
import { inference } from "./benches/inference.ts";
import { minibatch } from "./benches/minibatch.ts";
import { seed } from "./benches/seed.ts";

/** The benches there are. */
export const benches: Readonly<Record<string, Bench>> = { seed, minibatch, gemm, csv, inference, events };
