// A checked config and the trainer that was made of it → the plan of its run.
import { join, posix, resolve } from "node:path";
import { widthOf } from "@downhill/data";
import { lossFromConfig } from "@downhill/nn";
import type { Config, DataConfig } from "../config/Config.ts";
import type { LoadedConfig } from "../config/loadConfig.ts";
import type { Trainer } from "../trainer/Trainer.ts";
import type { Plan } from "./Plan.ts";

const FLOAT_BYTES = 4;

/** The plan of a run with this trainer. */
export function makePlan({ config, shown, redact }: LoadedConfig, { loaded, preprocessing, memoryBytes, window }: Trainer): Plan {
  const { name, seed, optimizer, epochs, batchSize, compute } = config;
  // As written: with `${VAR}`, and paths from the config's folder.
  const written = (shown as Config).data;
  const { table, image, target } = preprocessing;
  const [train] = loaded.sets;
  const all = loaded.sets.reduce((sum, set) => sum + set.samples * (set.features + (set.classes ? 1 : set.outputs)) * FLOAT_BYTES, 0);
  // Streamed samples wait outside of that memory.
  const memory =
    window === undefined ? { samples: all, model: memoryBytes - all } : { samples: window.rows * window.rowBytes, model: memoryBytes };
  return {
    name,
    seed,
    sets: loaded.sets.map((set) => ({ ...set, from: describeSource(written, set.name) })),
    files: loaded.files.map((file) => ({ ...file, path: redact(file.path) })),
    ...(table && {
      columns: table.columns.map(({ categories, ...column }) => ({ ...column, features: widthOf({ ...column, categories }) })),
    }),
    ...(written.scale !== undefined && { scale: written.scale }),
    ...(window && { stream: { shuffleBuffer: window.rows } }),
    ...(image && { image }),
    ...(target && lossFromConfig(config.model.loss).range === undefined && { target }),
    model: loaded.model,
    optimizer,
    epochs,
    batchSize,
    batchesPerEpoch: batchSize === "full" ? 1 : Math.ceil(train.samples / batchSize),
    compute: { threads: compute.threads ?? "all cores", width: loaded.compute },
    memoryBytes: memory,
    sinks: config.sinks.map(({ use }) => redact(use)),
    runDir: resolve(join("runs", `<date-time>-${name}`)),
    warnings: loaded.notices.map(redact),
  };
}

function describeSource({ train, validation, test, stream }: DataConfig, set: "train" | "validation" | "test"): string {
  const source = { train, validation, test }[set];
  if (source === undefined) return "";
  if ("fraction" in source) {
    const before = set === "validation" && test !== undefined && "fraction" in test ? ", after test" : "";
    return `${stream ? "about " : ""}${Number((source.fraction * 100).toPrecision(4))}% of train${before}`;
  }
  if ("file" in source) return `${source.file}, label ${typeof source.label === "number" ? `in column ${source.label}` : source.label}`;
  const [first, second] = Object.values(source);
  const folder = posix.dirname(first);
  return folder === posix.dirname(second) && folder !== "."
    ? `${posix.basename(first)}, ${posix.basename(second)} in ${folder}`
    : `${first}, ${second}`;
}
