// What the console prints once the data is in memory: a line a set with its shapes, and the model as a table.
import type { DataLoaded, ModelSummary, SampleSet } from "../contract/TrainingEvent.ts";
import { plainText } from "../text/plainText.ts";
import { formatCount } from "../text/quantity.ts";
import type { Paint } from "./Paint.ts";

/** The sets and the model, as lines. */
export function dataLines(event: DataLoaded, paint: Paint): string[] {
  return [...event.sets.map(setLine), "", ...modelTable(event.model, paint), ""];
}

// `train features 1000 × 784, labels 1000 × 10`
function setLine(set: SampleSet): string {
  const targets = set.classes ? "labels" : "targets";
  return `${set.name} features ${set.samples} × ${set.features}, ${targets} ${set.samples} × ${set.outputs}`;
}

function modelTable(model: ModelSummary, paint: Paint): string[] {
  const rows = [
    ["layer", "type", "units", "parameters"],
    ["input", "", sizes(model.input ?? [model.inputs]), ""],
    ...model.layers.map((layer) => [
      plainText(layer.name),
      plainText(layer.type),
      sizes(layer.output ?? [layer.units]),
      formatCount(layer.parameters),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map(([name, type, units, parameters]) =>
    [name.padEnd(widths[0]), type.padEnd(widths[1]), units.padStart(widths[2]), parameters.padStart(widths[3])].join("  ").trimEnd(),
  );
  const [heading, ...body] = lines;
  const total = `${formatCount(model.parameters)} parameters, loss ${plainText(model.loss)}, optimizer ${plainText(model.optimizer)}`;
  // A line of its own: with the total it would be wider than most terminals.
  const work = model.flops === undefined ? [] : [`${formatCount(model.flops)} flops a sample`];
  return [paint.dim(heading), ...body, total, ...work];
}

// A shape such as `26 × 26 × 16`.
function sizes(shape: readonly number[]): string {
  return shape.join(" × ");
}
