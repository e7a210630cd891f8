// The contestants by name, as benches enter them: ours twice, NumPy, and the libraries of JavaScript in pinned versions.
import type { ContestantCommand } from "./ContestantProcess.ts";
import { installRival, type Packages } from "./installRival.ts";
import type { Entry } from "./lineUp.ts";
import { nodeRival, ourProgram, pythonRival } from "./programs.ts";

const TFJS = "4.22.0";

/** A library in the npm registry that is raced. */
export type Library =
  | "tfjs-wasm"
  | "onnxruntime-web"
  | "onnxruntime-node"
  | "jax-js"
  | "uDSV"
  | "papaparse"
  | "csv-parse"
  | "polars"
  | "duckdb";

const PACKAGES: Readonly<Record<Library, Packages>> = {
  "tfjs-wasm": {
    "@tensorflow/tfjs-backend-wasm": TFJS,
    "@tensorflow/tfjs-core": TFJS,
    "@tensorflow/tfjs-layers": TFJS,
  },
  "onnxruntime-web": { "onnxruntime-web": "1.30.0" },
  "onnxruntime-node": { "onnxruntime-node": "1.30.0" },
  "jax-js": { "@jax-js/jax": "0.1.25" },
  uDSV: { udsv: "0.7.3" },
  papaparse: { papaparse: "5.7.1" },
  "csv-parse": { "csv-parse": "7.0.3" },
  // Their binaries are optional packages, one a platform.
  polars: { "nodejs-polars": "0.26.1" },
  duckdb: { "@duckdb/node-api": "1.5.6-r.1" },
};

/** Ours, executed narrow and wide: the program `file` with its call (`narrow` or `wide`) and `args` as arguments. */
export function ourEntries(file: string, args: readonly string[]): Entry[] {
  return ["narrow", "wide"].map((call) => ({
    who: call,
    prepare: () => ourProgram(call, file, [call, ...args]),
    required: call === "narrow",
    compute: call,
  }));
}

/** NumPy, which the user has or has not, with `threads` threads. */
export function numpyEntry(who: string, file: string, args: readonly string[], threads: number): Entry {
  return { who, prepare: () => pythonRival(who, file, args, threads) };
}

/** A library of JavaScript: the program `file` with its installation's folder and `args` as arguments. */
export function libraryEntry(library: Library, file: string, args: readonly string[], who: string = library): Entry {
  const prepare = async (): Promise<ContestantCommand> => nodeRival(who, file, [await installRival(PACKAGES[library]), ...args]);
  return { who, prepare };
}
