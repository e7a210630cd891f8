// The images that the model is most wrongly sure of, as a grid.
import type { PredictedPicture, SamplesPredicted } from "../contract/TrainingEvent.ts";
import { className } from "../text/plainText.ts";
import { formatPercent } from "../text/quantity.ts";
import { imageKind, imageName } from "./imageName.ts";
import { boxHeight, pictureImage } from "./pictureImage.ts";
import { BODY_TOP, COLOUR, figure, fitted, label, MARGIN, WIDTH } from "./svg.ts";

const COLUMNS = 6;
const GAP = 20;
const CELL = (WIDTH - 2 * MARGIN + GAP) / COLUMNS;
const CAPTION = 18;
const TEXT = 3 * CAPTION + 8 + GAP;

/** Draws the worst mistakes of `event` as an SVG document, the worst first. */
export function mistakesFigure({ set, classes, worstMistakes = [] }: SamplesPredicted): string {
  const rows = Math.ceil(worstMistakes.length / COLUMNS);
  const height = boxHeight(worstMistakes, CELL - GAP);
  return figure(
    "The worst mistakes",
    `Wrongly predicted ${imageKind(set)} images, the ones the model is surest of first`,
    BODY_TOP + rows * (height + TEXT) + MARGIN - GAP,
    worstMistakes.flatMap((sample, place) => cell(sample, place, height, { set, classes })),
  );
}

function cell(
  sample: PredictedPicture,
  place: number,
  height: number,
  { set, classes }: Pick<SamplesPredicted, "set" | "classes">,
): string[] {
  const x = MARGIN + (place % COLUMNS) * CELL;
  const y = BODY_TOP + Math.floor(place / COLUMNS) * (height + TEXT);
  const line = (text: string, row: number, style: { colour?: string; bold?: boolean }): string =>
    label(fitted(text, CELL - 6, 13), { x, y: y + height + row * CAPTION, ...style });
  const truth = sample.label === undefined ? imageName(set, sample.index) : `true ${className(sample.label, classes)}`;
  return [
    pictureImage(sample, { x, y, width: CELL - GAP, height }),
    line(truth, 1, {}),
    line(`predicted ${className(sample.predicted, classes)}`, 2, { colour: COLOUR.wrong, bold: true }),
    line(`with ${formatPercent(sample.probabilities[sample.predicted], 1)}`, 3, { colour: COLOUR.muted }),
  ];
}
