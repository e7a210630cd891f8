// What was decided and why, for a person.
import { labelCandidates } from "@downhill/data";
import { activationName } from "@downhill/nn";
import { alignColumns } from "../commands/alignColumns.ts";
import type { ColumnDecision } from "./decideColumns.ts";
import { listedColumns, type Proposal } from "./propose.ts";

const MOST_COLUMNS = 40;

/** The decisions as blocks of lines. */
export function describeProposal(proposal: Proposal): string {
  const { file, table, columns, images } = proposal;
  const seen = table.complete ? `${table.records} records` : `the first ${table.records} records looked at`;
  const what = `${file}: ${seen}, ${table.columns.length} columns, ${table.header ? "with" : "without"} a header\n`;
  return [what, images ? "" : columnsBlock(columns), trainingBlock(proposal)].filter((block) => block !== "").join("\n");
}

function columnsBlock(columns: readonly ColumnDecision[]): string {
  const rows = columns.slice(0, MOST_COLUMNS).map(({ key, config, why }) => [key, usedAs(config), why]);
  const more = columns.length > MOST_COLUMNS ? `… and ${columns.length - MOST_COLUMNS} more\n` : "";
  return `${alignColumns([["column", "used as", "why"], ...rows])}${more}`;
}

function usedAs(config: ColumnDecision["config"]): string {
  if (config === "drop") return "dropped";
  return typeof config === "string" ? config : (config.type ?? "");
}

function trainingBlock(proposal: Proposal): string {
  const { table, label, columns, images, training } = proposal;
  const { test, validation, layers, loss, optimizer, epochs, batchSize } = training;
  const { column, key, targets, why } = label;
  const others = labelCandidates(table).filter((other) => other.targets !== undefined && other.index !== column.index);
  const hint = why === "as asked" || others.length === 0 ? "" : `; another with --label, such as ${others[0].name ?? others[0].index}`;
  const goal = targets === "classes" ? `${column.distinct} classes` : `values from ${column.minimum} to ${column.maximum}`;
  const sets = [`${percent(test.fraction)} to test`, ...(validation ? [`${percent(validation.fraction)} of the rest to validate`] : [])];
  return alignColumns([
    ["label", `${key === column.name ? key : `column ${column.index}`}, ${goal}: ${why}${hint}`],
    ["split", `${sets.join(", ")}${targets === "classes" ? ", by class" : ""}`],
    ...(listedColumns(proposal).length === columns.length ? [["gaps", describeGaps(columns)]] : []),
    ["scale", images ? "divided by 255: every record is an image" : "standard: numbers of different sizes come to one"],
    [
      "model",
      `${layers.map((layer) => ("units" in layer ? `${layer.units}${layer.activation ? ` ${activationName(layer.activation)}` : ""}` : layer.type)).join(" → ")}, ${loss}`,
    ],
    ["optimizer", `${optimizer.type}, learning rate ${optimizer.learningRate}`],
    ["epochs", `${epochs}, ${batchSize} samples a batch`],
  ]);
}

// Of the rows to come: those of training were counted column by column.
function describeGaps(columns: readonly ColumnDecision[]): string {
  const used = (type: string): boolean => columns.some(({ config }) => usedAs(config) === type);
  const rules = [
    ...(used("number") ? ["a number is the column's median"] : []),
    ...(used("category") ? ["a category is none of those known"] : []),
  ];
  return `where training had none, ${rules.join(", ")}`;
}

function percent(fraction: number): string {
  return `${fraction * 100}%`;
}
