// The few pieces of SVG that every figure is built of, as strings, and the look they share: dark ink on white, one accent
// for training and one for validation. Lengths are in pixels at the figure's natural size.
import { plainText } from "../text/plainText.ts";

/** Width of every figure that isn't asked for another. */
export const WIDTH = 800;
/** Space between a figure's edge and what it shows. */
export const MARGIN = 32;
/** The same in a narrow figure. */
export const NARROW_MARGIN = 12;
/** Top of what stands below a figure's title and subtitle. */
export const BODY_TOP = 92;

/** The colours, each with at least 4.5:1 contrast on white where text or a curve is drawn with it. */
export const COLOUR = {
  page: "#ffffff",
  ink: "#1f2933",
  muted: "#52606d",
  axis: "#9aa5b1",
  grid: "#e4e7eb",
  training: "#2458c5",
  validation: "#b4500b",
  wrong: "#c0262d",
} as const;

/** Where and how `label` writes. */
export interface LabelStyle {
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size?: number;
  readonly colour?: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle" | "end";
  /** Turned a quarter to the left, to be read from below. */
  readonly upwards?: boolean;
}

/** Makes `text` safe inside an element or a quoted attribute: markup escaped, and no character that XML forbids. */
export function escapeXml(text: string): string {
  return plainText(text)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A coordinate with at most two decimals. */
export function at(length: number): string {
  return String(Math.round(length * 100) / 100);
}

/** One line of text. */
export function label(
  text: string,
  { x, y, size = 13, colour = COLOUR.ink, bold = false, anchor = "start", upwards = false }: LabelStyle,
): string {
  const place = upwards ? `transform="translate(${at(x)} ${at(y)}) rotate(-90)"` : `x="${at(x)}" y="${at(y)}"`;
  const weight = bold ? ' font-weight="600"' : "";
  const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text ${place} font-size="${size}" fill="${colour}"${weight}${anchored}>${escapeXml(text)}</text>`;
}

/** A straight line. */
export function rule(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${colour}"/>`;
}

/** Cuts `text` so that about `width` pixels hold it at `size`, with an ellipsis where something is missing. */
export function fitted(text: string, width: number, size: number): string {
  // Inter's letters and digits are 0.58 of the size wide on average; the browser's own font is close to it.
  const letters = Math.max(1, Math.floor(width / (0.58 * size)));
  const all = [...plainText(text)];
  return all.length <= letters ? all.join("") : `${all.slice(0, letters - 1).join("")}…`;
}

/** A complete figure: a white page with a title, a subtitle, and `body` below them. */
export function figure(title: string, subtitle: string, height: number, body: readonly string[], width: number = WIDTH): string {
  const margin = width < WIDTH ? NARROW_MARGIN : MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${at(height)}" viewBox="0 0 ${width} ${at(height)}" role="img" font-family="Inter, 'Helvetica Neue', Arial, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${COLOUR.page}"/>`,
    label(title, { x: margin, y: 46, size: 20, bold: true }),
    label(subtitle, { x: margin, y: 70, size: 14, colour: COLOUR.muted }),
    ...body,
    "</svg>\n",
  ].join("\n");
}
