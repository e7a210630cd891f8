// A plan for a person: the data, the model, then how it is trained, in aligned lines.
import { relative } from "node:path";
import { alignColumns } from "../commands/alignColumns.ts";
import { formatBytes } from "../download/DownloadMeter.ts";
import { describeDataCheck } from "./describeDataCheck.ts";
import { count, number } from "./numberText.ts";
import type { Plan } from "./Plan.ts";

const FLOAT_BYTES = 4;
const MOST_COLUMNS = 40;

/** The plan as blocks of lines. */
export function describePlan(plan: Plan): string {
  return [dataBlock(plan), describeDataCheck(plan), columnsBlock(plan), modelBlock(plan), trainingBlock(plan), warningsBlock(plan)]
    .filter((block) => block !== "")
    .join("\n");
}

function dataBlock({ sets, scale, stream, image, target }: Plan): string {
  const [{ classes }] = sets;
  const rows = [
    ["data", "samples", "features", classes ? "classes" : "values", "from"],
    ...sets.map((set) => [set.name, count(set.samples), count(set.features), count(set.classes?.length ?? set.outputs), set.from]),
  ];
  const notes = [
    ...(image ? [["image", `${image.width} × ${image.height}`]] : []),
    ...(scale === undefined ? [] : [["scale", typeof scale === "number" ? `divided by ${scale}` : scale]]),
    ...(stream ? [["stream", `read again in each pass, shuffled within ${count(stream.shuffleBuffer)} rows`]] : []),
    ...(target
      ? [["values", `mean ${target.mean.map(number).join(", ")}, deviation ${number(target.deviation)}; scaled in training`]]
      : []),
  ];
  return `${alignColumns(rows, [1, 2, 3])}${notes.length > 0 ? `\n${alignColumns(notes)}` : ""}`;
}

function columnsBlock({ columns = [] }: Plan): string {
  if (columns.length === 0) return "";
  const rows = columns
    .slice(0, MOST_COLUMNS)
    .map(({ index, name, type, features, missing, fill }) => [
      name ?? `column ${index}`,
      type,
      count(features),
      fill === undefined ? (missing === "error" ? "is an error" : "drops the row") : describeFill(missing, fill),
    ]);
  const more = columns.length > MOST_COLUMNS ? `… and ${count(columns.length - MOST_COLUMNS)} more\n` : "";
  return `${alignColumns([["column", "type", "features", "a missing value"], ...rows], [2])}${more}`;
}

function describeFill(missing: unknown, fill: number | string): string {
  const text = typeof fill === "number" ? number(fill) : JSON.stringify(fill);
  return typeof missing === "string" ? `is the ${missing}, ${text}` : `is ${text}`;
}

function modelBlock({ model }: Plan): string {
  const rows = [
    ["model", "type", "outputs", "parameters", "memory", "flops a sample"],
    ["input", "", shape(model.input ?? [model.inputs]), "", "", ""],
    ...model.layers.map(({ name, type, units, parameters, output = [units], flops }) => [
      name,
      type,
      shape(output),
      count(parameters),
      formatBytes(parameters * FLOAT_BYTES),
      flops === undefined ? "" : count(flops),
    ]),
    [
      "in all",
      "",
      "",
      count(model.parameters),
      formatBytes(model.parameters * FLOAT_BYTES),
      model.flops === undefined ? "" : count(model.flops),
    ],
  ];
  return alignColumns(rows, [2, 3, 4, 5]);
}

function shape(sizes: readonly number[]): string {
  return sizes.map(count).join(" × ");
}

function trainingBlock({ model, optimizer, epochs, batchSize, batchesPerEpoch, compute, memoryBytes, sinks, seed, runDir }: Plan): string {
  const { type, ...numbers } = optimizer;
  const { samples, model: rest } = memoryBytes;
  const batches =
    batchSize === "full" ? "of one batch, all samples" : `of ${count(batchesPerEpoch)} batches, ${count(batchSize)} samples each`;
  return alignColumns([
    ["loss", model.loss],
    [
      "optimizer",
      [
        type,
        ...Object.entries(numbers).map(([key, value]) => `${key} ${typeof value === "object" ? describeSchedule(value) : value}`),
      ].join(", "),
    ],
    ["epochs", `${count(epochs)} ${batches}`],
    ["seed", String(seed)],
    ["compute", `${compute.width}, ${threads(compute.threads)}`],
    ["memory", `about ${formatBytes(samples + rest)}: ${formatBytes(samples)} of samples, ${formatBytes(rest)} for model and steps`],
    ["sinks", sinks.join(", ") || "none"],
    ["run folder", relative("", runDir)],
  ]);
}

function describeSchedule({ type, ...numbers }: NonNullable<Plan["optimizer"]["schedule"]>): string {
  return [type, ...Object.entries(numbers).map(([key, value]) => `${key} ${value}`)].join(" ");
}

function warningsBlock({ warnings }: Plan): string {
  return warnings.map((line) => `warning: ${line}\n`).join("");
}

function threads(most: Plan["compute"]["threads"]): string {
  if (most === "all cores") return "all cores";
  return most === 1 ? "1 thread" : `at most ${most} threads`;
}
