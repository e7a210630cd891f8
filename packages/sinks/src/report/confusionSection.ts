// The confusion matrix as a table that can be read out, row by row.
import { type Confusion, confusionOf, tallyOf } from "../plot/Confusion.ts";
import { strength } from "../plot/confusionFigure.ts";
import { className } from "../text/plainText.ts";
import { formatCount, formatPercent } from "../text/quantity.ts";
import { escaped, scrolling, section } from "./html.ts";
import type { RunRecord } from "./RunRecord.ts";

/** What the samples are and what they are taken for. */
export function confusionSection({ completed, data }: RunRecord): string {
  const confusion = completed && confusionOf(completed, data?.sets ?? []);
  return confusion ? section("Confusion matrix", [matrix(confusion)]) : "";
}

function matrix(confusion: Confusion): string {
  const { set, classes, counts } = confusion;
  const { samples, right } = tallyOf(confusion);
  const names = counts.map((_, index) => escaped(className(index, classes)));
  const tally = `${formatCount(samples)} samples of the ${set} set, ${formatCount(right)} predicted rightly (${formatPercent(right / samples, 1)})`;
  const rows = counts.map((row, actual) => {
    const total = row.reduce((one, other) => one + other, 0);
    const cells = row.map((count, predicted) => {
      if (count === 0) return "<td></td>";
      const kind = predicted === actual ? "hit" : "miss";
      return `<td class="${kind}" style="--share:${strength(count / total).toFixed(2)}">${formatCount(count)}</td>`;
    });
    return `<tr><th scope="row">${names[actual]}</th>${cells.join("")}</tr>`;
  });
  const heads = names.map((name) => `<th scope="col">${name}</th>`).join("");
  const head = `<thead><tr><th scope="col">true</th>${heads}</tr></thead>`;
  const caption = "<caption>A row a true label, a column a predicted one</caption>";
  const body = `<tbody>${rows.join("\n")}</tbody>`;
  return `<p>${tally}</p>\n${scrolling("Confusion matrix", `<table class="matrix">${caption}${head}${body}</table>`)}`;
}
