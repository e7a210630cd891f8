// Every bench by its name on the command line.
import type { Bench } from "./Bench.ts";
import { seed } from "./benches/seed.ts";

/** The benches there are. */
export const benches: Readonly<Record<string, Bench>> = { seed };
