// An image inside a figure, enlarged with sharp pixels.
import type { Picture } from "../contract/TrainingEvent.ts";
import { type Palette, pictureUri } from "./pictureUri.ts";
import { at, COLOUR } from "./svg.ts";

/** A square that a picture is fitted into. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** How a picture is framed; without it a thin grey line runs around it. */
export interface Frame {
  readonly colour: string;
  readonly width: number;
}

/** Draws `picture` as an SVG image in the middle of `box`, with a frame. Throws a SinkError when its pixels don't fit its size. */
export function pictureImage(
  picture: Picture,
  box: Box,
  frame: Frame = { colour: COLOUR.grid, width: 1 },
  palette: Palette = "ink",
): string {
  const scale = box.size / Math.max(picture.width, picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  const x = box.x + (box.size - width) / 2;
  const y = box.y + (box.size - height) / 2;
  const place = (by: number): string => `x="${at(x - by)}" y="${at(y - by)}" width="${at(width + 2 * by)}" height="${at(height + 2 * by)}"`;
  // preserveAspectRatio "none": a size rounded to two decimals must not leave a seam.
  return [
    `<image ${place(0)} preserveAspectRatio="none" style="image-rendering:pixelated" href="${pictureUri(picture, palette)}"/>`,
    `<rect ${place(frame.width / 2)} fill="none" stroke="${frame.colour}" stroke-width="${frame.width}"/>`,
  ].join("");
}
