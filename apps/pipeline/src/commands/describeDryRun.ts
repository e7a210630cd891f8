// What a dry run has found, for a person: a line a phase, the model, and how long the run would take.
import { formatCost, formatCount, formatDuration } from "@downhill/sinks";
import type { DryRun } from "../run/dryRun.ts";
import { alignColumns } from "./alignColumns.ts";

/** The dry run as lines, the warnings first. */
export function describeDryRun({ sets, model, phases, epochs, estimatedMs, compute, threads, warnings }: DryRun): string {
  const rows = phases.map(({ name, samples, batches, cost, batchMs }) => {
    const { features, outputs } = sets.find((set) => set.name === name) ?? sets[0];
    return [name, `${samples} × ${features} → ${samples} × ${outputs}`, formatCount(batches), formatCost(cost), milliseconds(batchMs)];
  });
  const [train] = phases;
  const layers = model.layers.map(({ type, units }) => `${type} ${units}`);
  return [
    ...warnings.map((line) => `warning: ${line}\n`),
    alignColumns([["phase", "first batch", "batches", "cost", "time a batch"], ...rows], [2, 3, 4]),
    "\n",
    alignColumns([
      ["model", `${model.inputs} → ${layers.join(" → ")}, ${formatCount(model.parameters)} parameters`],
      ["compute", `${compute}, ${counted(threads, "thread")}`],
      ["run", `${counted(epochs, "epoch")} of ${counted(train.batches, "batch", "batches")}, ${duration(estimatedMs)}`],
    ]),
    "\nall is well; nothing was written\n",
  ].join("");
}

function milliseconds(value: number): string {
  return `${value.toPrecision(3)} ms`;
}

function duration(ms: number): string {
  if (ms < 100) return "less than 0.1s";
  return `about ${ms < 10_000 ? `${(ms / 1000).toFixed(1)}s` : formatDuration(ms / 1000)}`;
}

function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
