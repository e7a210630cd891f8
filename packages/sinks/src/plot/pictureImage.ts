// An image inside a figure, enlarged with sharp pixels.
import type { Picture } from "../contract/TrainingEvent.ts";
import { type Palette, pictureUri } from "./pictureUri.ts";
import { at, COLOUR } from "./svg.ts";

/** A rectangle on a figure. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a picture is framed; without it a thin grey line runs around it. */
export interface Frame {
  readonly colour: string;
  readonly width: number;
}

/** The height that boxes `width` wide need for any of `pictures`: that of the tallest when it is as wide as the box, at most `width`. */
export function boxHeight(pictures: readonly Picture[], width: number): number {
  return width * Math.min(1, Math.max(0, ...pictures.map((picture) => picture.height / picture.width)));
}

/** Where `picture` stands when it is as large as `box` has room for, in the middle of it. */
export function placed(picture: Picture, box: Box): Box {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Draws `picture` as an SVG image in the middle of `box`, with a frame. Throws a SinkError when its pixels don't fit its size. */
export function pictureImage(
  picture: Picture,
  box: Box,
  frame: Frame = { colour: COLOUR.grid, width: 1 },
  palette: Palette = "ink",
): string {
  const { x, y, width, height } = placed(picture, box);
  const place = (by: number): string => `x="${at(x - by)}" y="${at(y - by)}" width="${at(width + 2 * by)}" height="${at(height + 2 * by)}"`;
  // preserveAspectRatio "none": a size rounded to two decimals must not leave a seam.
  return [
    `<image ${place(0)} preserveAspectRatio="none" style="image-rendering:pixelated" href="${pictureUri(picture, palette)}"/>`,
    `<rect ${place(frame.width / 2)} fill="none" stroke="${frame.colour}" stroke-width="${frame.width}"/>`,
  ].join("");
}
