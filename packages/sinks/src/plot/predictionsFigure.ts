// What the trained model says of images: the picked one large, with the probabilities of its classes, then a grid of others.
// A wrong prediction has a red frame, a cross in the corner and its caption in red: colour is never the only sign.
import type { PredictedPicture, SamplesPredicted } from "../contract/TrainingEvent.ts";
import { className } from "../text/plainText.ts";
import { formatPercent } from "../text/quantity.ts";
import { imageKind, imageName } from "./imageName.ts";
import { type Box, boxHeight, pictureImage, placed } from "./pictureImage.ts";
import { at, BODY_TOP, COLOUR, figure, fitted, label, MARGIN, rule, WIDTH } from "./svg.ts";

const LARGE = 280;
const MOST_BARS = 10;
const LINE = 20;
const BARS_LEFT = MARGIN + LARGE + 40;
const CAPTION_SIZE = 12;
const GRID_COLUMNS = 8;
const GRID_GAP = 14;
const CELL = (WIDTH - 2 * MARGIN + GRID_GAP) / GRID_COLUMNS;
const CAPTIONS = 40;
const GRID_TOP = BODY_TOP + LARGE + 34;
const WRONG_FRAME = { colour: COLOUR.wrong, width: 2.5 } as const;

type Classes = SamplesPredicted["classes"];

/** Draws the predictions as an SVG document; the first sample is the one shown large. */
export function predictionsFigure({ set, classes, samples }: SamplesPredicted): string {
  const [pick, ...others] = samples;
  const wrong = samples.filter(isWrong).length;
  const verbose = captionsHaveRoom(classes);
  const rows = Math.ceil(others.length / GRID_COLUMNS);
  const pictureHeight = boxHeight(others, CELL - GRID_GAP);
  const row = pictureHeight + GRID_GAP + CAPTIONS;
  const height = rows > 0 ? GRID_TOP + rows * row : BODY_TOP + LARGE + MARGIN;
  return figure(
    "Predictions of the trained model",
    `${tally(set, samples.length, wrong)}${verbose ? "" : "; above the true label, below the predicted one"}`,
    height,
    [
      ...(pick ? picked(pick, set, classes) : []),
      ...others.flatMap((sample, place) => {
        const x = MARGIN + (place % GRID_COLUMNS) * CELL;
        const y = GRID_TOP + Math.floor(place / GRID_COLUMNS) * row;
        return gridCell(sample, { x, y, width: CELL - GRID_GAP, height: pictureHeight }, classes, verbose);
      }),
    ],
  );
}

function picked(sample: PredictedPicture, set: SamplesPredicted["set"], classes: Classes): string[] {
  const width = WIDTH - MARGIN - BARS_LEFT;
  const title = imageName(set, sample.index);
  const truth = sample.label === undefined ? "" : `true label ${className(sample.label, classes)},`;
  const said = `predicted label ${className(sample.predicted, classes)}`;
  // Where one line has no room for both names, each has its own.
  const oneLine = truth === "" || fitted(`${truth} ${said}`, width, 15) === `${truth} ${said}`;
  const lines = oneLine ? [`${truth} ${said}`.trim()] : [truth, said];
  return [
    ...framed(sample, { x: MARGIN, y: BODY_TOP, width: LARGE, height: boxHeight([sample], LARGE) }, 11),
    label(title, { x: BARS_LEFT, y: BODY_TOP + 13, size: 15, bold: true }),
    ...lines.map((line, place) => {
      const y = BODY_TOP + 36 + place * LINE;
      return label(fitted(line, width, 15), { x: BARS_LEFT, y, size: 15, colour: isWrong(sample) ? COLOUR.wrong : COLOUR.ink });
    }),
    ...probabilityBars(sample, classes, BODY_TOP + 36 + lines.length * LINE, width),
  ];
}

// The most probable classes, in class order; the first of equals, as the prediction is.
function probabilityBars(sample: PredictedPicture, classes: Classes, top: number, width: number): string[] {
  const order = sample.probabilities.map((probability, index) => ({ probability: Number.isFinite(probability) ? probability : 0, index }));
  const shown = order.toSorted((one, other) => other.probability - one.probability).slice(0, MOST_BARS);
  const names = new Map(shown.map(({ index }) => [index, fitted(className(index, classes), 96, 13)]));
  const nameWidth = Math.max(16, ...[...names.values()].map((name) => 7.6 * [...name].length));
  const left = BARS_LEFT + nameWidth + 8;
  const longest = width - nameWidth - 8 - 56;
  const pitch = (BODY_TOP + LARGE - top) / MOST_BARS;
  const bars = shown
    .toSorted((one, other) => one.index - other.index)
    .flatMap(({ probability, index }, row) => {
      const y = top + row * pitch;
      const colour = index === sample.predicted ? (isWrong(sample) ? COLOUR.wrong : COLOUR.training) : COLOUR.axis;
      const length = Math.max(1, probability * longest);
      const baseline = y + pitch / 2 + 4.5;
      return [
        label(names.get(index) ?? "", { x: left - 8, y: baseline, anchor: "end", bold: index === sample.predicted }),
        `<rect x="${at(left)}" y="${at(y + 3)}" width="${at(length)}" height="${at(pitch - 6)}" fill="${colour}"/>`,
        label(formatPercent(sample.probabilities[index], 1), { x: left + length + 8, y: baseline, colour: COLOUR.muted }),
      ];
    });
  return [...bars, rule(left, top, left, top + shown.length * pitch, COLOUR.axis)];
}

function gridCell(sample: PredictedPicture, box: Box, classes: Classes, verbose: boolean): string[] {
  const { x } = box;
  const bottom = box.y + box.height;
  const wrong = isWrong(sample);
  const truth = sample.label === undefined ? "" : className(sample.label, classes);
  const said = className(sample.predicted, classes);
  const caption = (text: string): string => fitted(text, CELL - 2, CAPTION_SIZE);
  return [
    ...framed(sample, box, 8),
    label(caption(verbose && truth !== "" ? `true ${truth}` : truth), { x, y: bottom + 16, size: CAPTION_SIZE, colour: COLOUR.muted }),
    label(caption(verbose ? `predicted ${said}` : said), {
      x,
      y: bottom + 31,
      size: CAPTION_SIZE,
      colour: wrong ? COLOUR.wrong : COLOUR.ink,
      bold: wrong,
    }),
  ];
}

// Beside a digit there is room for a word; a name stands alone, and the subtitle says which line is which.
function captionsHaveRoom(classes: Classes): boolean {
  return (classes ?? []).every((name) => name.length <= 3);
}

function tally(set: SamplesPredicted["set"], count: number, wrong: number): string {
  const shown = `${count} ${imageKind(set)} image${count === 1 ? "" : "s"}`;
  return wrong === 0 ? `${shown}, all predicted rightly` : `${shown}, ${wrong} predicted wrongly (red frame and cross)`;
}

// The cross sits on the upper right corner of the image.
function framed(sample: PredictedPicture, box: Box, radius: number): string[] {
  if (!isWrong(sample)) return [pictureImage(sample, box)];
  const { x, y, width } = placed(sample, box);
  const arm = radius * 0.4;
  const cross = `M${-arm} ${-arm}L${arm} ${arm}M${arm} ${-arm}L${-arm} ${arm}`;
  return [
    pictureImage(sample, box, WRONG_FRAME),
    `<g class="wrong" transform="translate(${at(x + width)} ${at(y)})"><circle r="${radius}" fill="${COLOUR.wrong}"/>`,
    `<path d="${cross}" fill="none" stroke="#ffffff" stroke-width="2" stroke-linecap="round"/></g>`,
  ];
}

function isWrong(sample: PredictedPicture): boolean {
  return sample.label !== undefined && sample.label !== sample.predicted;
}
