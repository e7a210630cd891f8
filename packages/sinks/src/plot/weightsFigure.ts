// What the units of a layer look for: their weights as images, and a scale of their colours.
import type { WeightsShown } from "../contract/TrainingEvent.ts";
import { plainText } from "../text/plainText.ts";
import { formatCount } from "../text/quantity.ts";
import { boxHeight, pictureImage } from "./pictureImage.ts";
import { BODY_TOP, COLOUR, figure, label, MARGIN, WIDTH } from "./svg.ts";

const COLUMNS = 8;
const GAP = 12;
const CELL = (WIDTH - 2 * MARGIN + GAP) / COLUMNS;
const CAPTION = 20;
const SCALE_WIDTH = 256;
const SCALE_HEIGHT = 12;

// Every byte once in each row, from the least to the greatest.
const SCALE = {
  index: 0,
  width: SCALE_WIDTH,
  height: SCALE_HEIGHT,
  pixels: btoa(String.fromCharCode(...Array.from({ length: SCALE_WIDTH * SCALE_HEIGHT }, (_, place) => place % SCALE_WIDTH))),
};

/** Draws the weights as an SVG document; zero is white. */
export function weightsFigure({ layer, images, limit }: WeightsShown): string {
  const rows = Math.ceil(images.length / COLUMNS);
  const height = boxHeight(images, CELL - GAP);
  const row = height + GAP + CAPTION;
  const below = BODY_TOP + rows * row + 8;
  const grid = images.flatMap((picture, place) => {
    const x = MARGIN + (place % COLUMNS) * CELL;
    const y = BODY_TOP + Math.floor(place / COLUMNS) * row;
    return [
      pictureImage(picture, { x, y, width: CELL - GAP, height }, undefined, "signed"),
      label(`unit ${picture.index}`, { x, y: y + height + 16, size: 12, colour: COLOUR.muted }),
    ];
  });
  return figure(
    `What the units of ${plainText(layer)} look for`,
    `Weights of ${formatCount(images.length)} unit${images.length === 1 ? "" : "s"}, one a pixel: blue adds to the unit's sum, orange takes away, white is 0`,
    below + SCALE_HEIGHT + 56,
    [...grid, ...scale(below, limit)],
  );
}

function scale(y: number, limit: number): string[] {
  const middle = MARGIN + SCALE_WIDTH / 2;
  const style = { y: y + SCALE_HEIGHT + 18, size: 12, colour: COLOUR.muted } as const;
  const end = Number(limit.toPrecision(3));
  return [
    pictureImage(SCALE, { x: MARGIN, y, width: SCALE_WIDTH, height: SCALE_HEIGHT }, undefined, "signed"),
    label(`−${end}`, { x: MARGIN, ...style }),
    label("0", { x: middle, anchor: "middle", ...style }),
    label(`+${end}`, { x: MARGIN + SCALE_WIDTH, anchor: "end", ...style }),
  ];
}
