// SVG → PNG, Node only: resvg compiled to WASM, with Inter from the package that carries it, so that a picture has the same
// letters on every machine.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { SinkError } from "../contract/SinkError.ts";

// Pixels of the PNG a pixel of the SVG: sharp on screens of double density.
const ZOOM = 2;

const FAMILY = "Inter";
const LATIN = ["latin-400", "latin-600"];
const BEYOND_LATIN = ["latin-ext-400", "latin-ext-600", "greek-400", "cyrillic-400"];

// Sinks of one run draw the same figures, one soon after the other. These are a run's figures; each takes some 100 KB.
const KEPT = 16;
const drawn = new Map<string, Promise<Uint8Array>>();

const { resolve } = createRequire(import.meta.url);
let initialised: Promise<void> | undefined;
const fonts = new Map<string, Promise<Uint8Array>>();

/**
 * Renders `svg` as PNG bytes of twice its size, which the caller must not change: whoever asks for the same drawing soon gets the same
 * bytes. Throws a SinkError when the renderer or its font is not installed.
 */
export function rasterize(svg: string): Promise<Uint8Array> {
  const png = drawn.get(svg) ?? render(svg);
  // The one asked for last is the last to go; one that failed goes at once.
  drawn.delete(svg);
  drawn.set(svg, png);
  png.catch(() => drawn.delete(svg));
  const [oldest] = drawn.keys();
  if (drawn.size > KEPT) drawn.delete(oldest);
  return png;
}

async function render(svg: string): Promise<Uint8Array> {
  initialised ??= initialise();
  await initialised;
  // Decoding a font takes longer than drawing: the rarer letters are loaded only where a text has some.
  const names = /[\u0100-\u1fff]/u.test(svg) ? [...LATIN, ...BEYOND_LATIN] : LATIN;
  const fontBuffers = await Promise.all(names.map(font));
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: ZOOM },
    imageRendering: 1,
    font: { fontBuffers, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  });
  try {
    const image = drawing.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

async function initialise(): Promise<void> {
  const bytes = await installed("@resvg/resvg-wasm/index_bg.wasm");
  try {
    await initWasm(bytes);
  } catch (cause) {
    // The module is the whole process's: someone else's drawing may have initialised it.
    if (!String(cause).includes("Already initialized")) throw cause;
  }
}

function font(name: string): Promise<Uint8Array> {
  const bytes = fonts.get(name) ?? installed(`@fontsource/inter/files/inter-${name}-normal.woff2`);
  fonts.set(name, bytes);
  return bytes;
}

async function installed(file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(file));
  } catch (cause) {
    const [reason] = (cause as Error).message.split("\n");
    throw new SinkError(`plot: ${file} can't be read (${reason}); install the dependencies again`, { cause });
  }
}
