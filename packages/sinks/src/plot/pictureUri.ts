// The bytes of a picture as a PNG inside a `data:` address, for figures and pages.
import { encode } from "fast-png";
import { SinkError } from "../contract/SinkError.ts";
import type { Picture } from "../contract/TrainingEvent.ts";

/** What a byte stands for: ink, dark on white as on paper; or a signed number, orange below zero, white at it, blue above. */
export type Palette = "ink" | "signed";

/** Orange and blue differ for every eye; both are dark enough to stand out from white. */
const [BELOW, ABOVE] = [
  [0xb4, 0x50, 0x0b],
  [0x24, 0x58, 0xc5],
] as const;
// The byte halfway, that stands for zero.
const ZERO = 127.5;

// Long enough for speed, short enough for a function's argument list.
const CHUNK = 8192;

/** `picture` as a PNG in a `data:` address. Throws a SinkError when its pixels don't fit its size. */
export function pictureUri(picture: Picture, palette: Palette = "ink"): string {
  const { width, height, index } = picture;
  const bytes = Uint8Array.from(atob(picture.pixels), (character) => character.charCodeAt(0));
  if (!(width > 0 && height > 0) || bytes.length !== width * height) {
    throw new SinkError(
      `picture ${index}: ${bytes.length} bytes of pixels for an image of ${width} × ${height}; each pixel takes one byte`,
    );
  }
  const pixels = palette === "ink" ? { channels: 1, data: bytes.map((ink) => 255 - ink) } : { channels: 3, data: signedColours(bytes) };
  const png = encode({ width, height, ...pixels });
  let binary = "";
  for (let start = 0; start < png.length; start += CHUNK) binary += String.fromCharCode(...png.subarray(start, start + CHUNK));
  return `data:image/png;base64,${btoa(binary)}`;
}

function signedColours(bytes: Uint8Array): Uint8Array {
  const colours = new Uint8Array(3 * bytes.length);
  for (const [place, byte] of bytes.entries()) {
    // 127 and 128 are as near to zero as a byte can be.
    const size = Math.max(0, Math.abs(byte - ZERO) - 0.5) / (ZERO - 0.5);
    const end = byte < ZERO ? BELOW : ABOVE;
    for (const [channel, full] of end.entries()) colours[3 * place + channel] = Math.round(255 + size * (full - 255));
  }
  return colours;
}
