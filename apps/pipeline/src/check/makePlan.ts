// A checked config and the trainer that was made of it → the plan of its run.
import { join, posix, resolve } from "node:path";
import { type Preprocessing, type SetCheck, widthOf } from "@downhill/data";
import { lossFromConfig } from "@downhill/nn";
import type { Config, DataConfig } from "../config/Config.ts";
import type { LoadedConfig } from "../config/loadConfig.ts";
import type { Trainer } from "../trainer/Trainer.ts";
import type { Plan, PlannedCheck } from "./Plan.ts";

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
    dataCheck: loaded.checks.map((check, index) =>
      planCheck(check, { preprocessing, redact, streamed: window !== undefined, first: index === 0 }),
    ),
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

interface Checked {
  readonly preprocessing: Preprocessing;
  readonly redact: (text: string) => string;
  readonly streamed: boolean;
  /** Whether it is the training set's. */
  readonly first: boolean;
}

function planCheck(check: SetCheck, { preprocessing: { table, featureNames }, redact, streamed, first }: Checked): PlannedCheck {
  const { minimum, maximum, constant, repeated, inFirst, leftOut, ...counts } = check;
  const nameOf = (index: number): string => (table === undefined ? featureNames?.[index] : table.columns[index].name) ?? String(index);
  return {
    ...counts,
    ...(leftOut && { leftOut: leftOut.map((file) => ({ ...file, file: redact(file.file), first: redact(file.first) })) }),
    ...(minimum <= maximum && { minimum, maximum }),
    constant: constant.map(nameOf),
    ...(!streamed && { repeated, ...(!first && { inTraining: inFirst }) }),
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
