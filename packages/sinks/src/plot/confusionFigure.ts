// The confusion matrix as a table of counts: a row a true class, a column a predicted one. Right ones are blue on the
// diagonal, wrong ones red off it, both the stronger the greater their share of the row.
import { className } from "../text/plainText.ts";
import { formatCount, formatPercent, formatRate } from "../text/quantity.ts";
import { type Confusion, tallyOf } from "./Confusion.ts";
import { imageKind } from "./imageName.ts";
import { at, BODY_TOP, COLOUR, figure, fitted, label, MARGIN, WIDTH } from "./svg.ts";

const LARGEST_CELL = 56;
// Smaller cells have no room for a count.
const SMALLEST_COUNT = 20;
const LONGEST_NAME = 110;
// Of few classes there is room for it.
const FEW = 5;
const LONGEST_OF_FEW = 220;
const LINE = 15;
// Ink is legible on this much of any of the colours.
const STRONGEST = 0.45;
// What a single mistake among many is drawn with, to be seen.
const FAINTEST = 0.12;

/** Draws `confusion` as an SVG document. */
export function confusionFigure(confusion: Confusion): string {
  const { set, classes, counts } = confusion;
  const names = counts.map((_, index) => className(index, classes));
  const nameSpace = Math.max(
    24,
    ...names.map((name) => Math.min(counts.length > FEW ? LONGEST_NAME : LONGEST_OF_FEW, 7.6 * [...name].length + 4)),
  );
  const left = MARGIN + 26 + nameSpace;
  const top = BODY_TOP + 26 + nameSpace;
  const cell = Math.min(LARGEST_CELL, (WIDTH - MARGIN - left) / counts.length);
  const extent = cell * counts.length;
  // Of very many classes every second or third has its name.
  const step = Math.ceil(LINE / cell);
  const labels = names.flatMap((name, index) => {
    if (index % step > 0) return [];
    const [text, middle] = [fitted(name, nameSpace, 13), (index + 0.5) * cell];
    return [
      label(text, { x: left - 8, y: top + middle + 4.5, anchor: "end" }),
      nameSpace > 24
        ? label(text, { x: left + middle + 4.5, y: top - 8, upwards: true })
        : label(text, { x: left + middle, y: top - 8, anchor: "middle" }),
    ];
  });
  const { samples, right } = tallyOf(confusion);
  return figure(
    "Confusion matrix",
    `${formatCount(samples)} ${imageKind(set)} samples, ${formatCount(right)} predicted rightly (${formatPercent(right / samples, 1)})`,
    top + extent + MARGIN,
    [
      label("Predicted label", { x: left + extent / 2, y: BODY_TOP + 14, size: 14, anchor: "middle" }),
      label("True label", { x: MARGIN + 12, y: top + extent / 2, size: 14, anchor: "middle", upwards: true }),
      ...labels,
      ...counts.flatMap((row, actual) => cells(row, actual, { x: left, y: top + actual * cell, cell })),
      `<rect x="${at(left)}" y="${at(top)}" width="${at(extent)}" height="${at(extent)}" fill="none" stroke="${COLOUR.axis}"/>`,
    ],
  );
}

function cells(row: readonly number[], actual: number, { x, y, cell }: { x: number; y: number; cell: number }): string[] {
  const total = row.reduce((one, other) => one + other, 0);
  return row.flatMap((count, predicted) => {
    if (count === 0) return [];
    const opacity = strength(count / total);
    const colour = predicted === actual ? COLOUR.training : COLOUR.wrong;
    const [left, size] = [x + predicted * cell, at(cell)];
    const place = `x="${at(left)}" y="${at(y)}" width="${size}" height="${size}"`;
    return [
      `<rect ${place} fill="${colour}" fill-opacity="${at(opacity)}"/>`,
      ...(cell < SMALLEST_COUNT
        ? []
        : [
            label(countText(count, cell), {
              x: left + cell / 2,
              y: y + cell / 2 + 4.5,
              anchor: "middle",
              bold: predicted === actual,
            }),
          ]),
    ];
  });
}

// A count that is cut off would be read as a smaller one: what has no room is rounded, as `2.92M`.
function countText(count: number, cell: number): string {
  const whole = formatCount(count);
  return fitted(whole, cell, 12) === whole ? whole : formatRate(count);
}

/** How strongly a cell with this share of its row is coloured, as an opacity; 0 for none. */
export function strength(share: number): number {
  return share > 0 ? FAINTEST + (STRONGEST - FAINTEST) * share : 0;
}
