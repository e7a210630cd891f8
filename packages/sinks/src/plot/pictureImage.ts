// A sample's image inside a figure: dark ink on white, as on paper, enlarged with sharp pixels.
import { encode } from "fast-png";
import { SinkError } from "../contract/SinkError.ts";
import type { Picture } from "../contract/TrainingEvent.ts";
import { at, COLOUR } from "./svg.ts";

// Long enough for speed, short enough for a function's argument list.
const CHUNK = 8192;

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
export function pictureImage(picture: Picture, box: Box, frame: Frame = { colour: COLOUR.grid, width: 1 }): string {
  const scale = box.size / Math.max(picture.width, picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  const x = box.x + (box.size - width) / 2;
  const y = box.y + (box.size - height) / 2;
  const place = (by: number): string => `x="${at(x - by)}" y="${at(y - by)}" width="${at(width + 2 * by)}" height="${at(height + 2 * by)}"`;
  // preserveAspectRatio "none": a size rounded to two decimals must not leave a seam.
  return [
    `<image ${place(0)} preserveAspectRatio="none" style="image-rendering:pixelated" href="${dataUri(picture)}"/>`,
    `<rect ${place(frame.width / 2)} fill="none" stroke="${frame.colour}" stroke-width="${frame.width}"/>`,
  ].join("");
}

function dataUri(picture: Picture): string {
  const { width, height, index } = picture;
  const ink = Uint8Array.from(atob(picture.pixels), (character) => character.charCodeAt(0));
  if (!(width > 0 && height > 0) || ink.length !== width * height) {
    throw new SinkError(`picture ${index}: ${ink.length} bytes of pixels for an image of ${width} × ${height}; each pixel takes one byte`);
  }
  const png = encode({ width, height, channels: 1, data: ink.map((value) => 255 - value) });
  let binary = "";
  for (let start = 0; start < png.length; start += CHUNK) binary += String.fromCharCode(...png.subarray(start, start + CHUNK));
  return `data:image/png;base64,${btoa(binary)}`;
}
