// What the model is shown: the picked training image and the picked test image large, side by side, and below each a grid
// of others from its set.
import type { Picture, SamplesShown } from "../contract/TrainingEvent.ts";
import { className } from "../text/plainText.ts";
import { imageKind, imageName } from "./imageName.ts";
import { boxHeight, pictureImage } from "./pictureImage.ts";
import { BODY_TOP, figure, fitted, label, MARGIN, WIDTH } from "./svg.ts";

const GUTTER = 40;
const CAPTION_SIZE = 15;
const CAPTION_HEIGHT = 28;
const GRID_COLUMNS = 8;
const GRID_GAP = 5;

/** Draws each set as a column, in the order given, as an SVG document. */
export function samplesFigure(sets: readonly SamplesShown[]): string {
  // One set alone takes half the page, so that its images have the usual size.
  const width = (WIDTH - 2 * MARGIN + GUTTER) / Math.max(2, sets.length) - GUTTER;
  const cell = (width + GRID_GAP) / GRID_COLUMNS;
  const pictures = sets.flatMap(({ samples }) => samples);
  const large = boxHeight(pictures, width);
  const small = boxHeight(pictures, cell - GRID_GAP);
  const gridTop = BODY_TOP + CAPTION_HEIGHT + large + 3 * GRID_GAP;
  const rows = Math.ceil(Math.max(0, ...sets.map(({ samples }) => samples.length - 1)) / GRID_COLUMNS);
  const body = sets.flatMap(({ set, classes, samples: [pick, ...others] }, index) => {
    const left = MARGIN + index * (width + GUTTER);
    if (!pick) return [];
    return [
      label(fitted(pickTitle(set, pick, classes), width, CAPTION_SIZE), { x: left, y: BODY_TOP + 12, size: CAPTION_SIZE, bold: true }),
      pictureImage(pick, { x: left, y: BODY_TOP + CAPTION_HEIGHT, width, height: large }),
      ...others.map((picture, place) => {
        const [column, row] = [place % GRID_COLUMNS, Math.floor(place / GRID_COLUMNS)];
        const box = { x: left + column * cell, y: gridTop + row * (small + GRID_GAP), width: cell - GRID_GAP, height: small };
        return pictureImage(picture, box);
      }),
    ];
  });
  const kinds = sets.map(({ set }) => imageKind(set)).join(" and ");
  return figure(
    `Samples of the ${kinds} set${sets.length > 1 ? "s" : ""}`,
    "One image picked at random, and others of its set",
    gridTop + rows * (small + GRID_GAP) + MARGIN - GRID_GAP,
    body,
  );
}

function pickTitle(set: SamplesShown["set"], picture: Picture, classes: SamplesShown["classes"]): string {
  const name = imageName(set, picture.index);
  return picture.label === undefined ? name : `${name}: ${className(picture.label, classes)}`;
}
