// What the run was made from: data, model, configuration, environment.
import { plainText } from "../text/plainText.ts";
import { formatCount } from "../text/quantity.ts";
import { escaped, escapedLines, pairs, section, table } from "./html.ts";
import type { RunRecord } from "./RunRecord.ts";

/** What the data check and the run had to say. */
export function warningsSection({ warnings }: RunRecord): string {
  const items = warnings.map((message) => `<li>${escaped(message)}</li>`);
  return section("Data check and warnings", [items.length > 0 ? `<ul>${items.join("\n")}</ul>` : "<p>Nothing to report.</p>"]);
}

/** The sets of samples and the layers. */
export function dataSection({ data }: RunRecord): string {
  if (!data) return "";
  const { sets, model } = data;
  const classes = sets.find((set) => set.classes !== undefined)?.classes;
  return section("Data and model", [
    table(
      "Sets of samples",
      ["Set", "Samples", "Features", "Outputs"],
      sets.map(({ name, samples, features, outputs }) => [name, formatCount(samples), formatCount(features), formatCount(outputs)]),
    ),
    classes ? `<p>${formatCount(classes.length)} classes: ${escaped(classes.map(plainText).join(", "))}</p>` : "",
    table(
      "Layers",
      ["Layer", "Type", "Units", "Parameters"],
      [
        ["input", "", formatCount(model.inputs), ""],
        ...model.layers.map(({ name, type, units, parameters }) => [name, type, formatCount(units), formatCount(parameters)]),
      ],
    ),
    `<p>${formatCount(model.parameters)} parameters, loss ${escaped(model.loss)}, optimizer ${escaped(model.optimizer)}</p>`,
  ]);
}

/** The configuration as it was resolved, without what came from the environment. */
export function configSection({ started }: RunRecord): string {
  const text = started && (JSON.stringify(started.config, null, 2) as string | undefined);
  return text === undefined ? "" : section("Configuration", [`<pre>${escapedLines(text)}</pre>`]);
}

/** Versions, threads, machine. */
export function environmentSection({ started }: RunRecord): string {
  return section("Environment", [pairs(started?.environment ?? {})]);
}
