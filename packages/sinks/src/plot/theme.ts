// The figures in the dark. They are drawn in light colours, which a PNG keeps; where a reader prefers dark pages, a style sheet looks
// fills and strokes up by these colours and replaces them. Images of samples and weights stay as they are.
import { COLOUR } from "./svg.ts";

type Role = keyof typeof COLOUR;

/** The colours on a dark page, each with at least 4.5:1 contrast on it where text or a curve is drawn with it. */
export const DARK: Readonly<Record<Role, string>> = {
  page: "#11161c",
  ink: "#e6eaef",
  muted: "#a8b3bf",
  axis: "#66727e",
  grid: "#2a323b",
  training: "#8ab0ff",
  validation: "#f0a060",
  wrong: "#ff8f8f",
};

/** The names of the colours. */
export const ROLES = Object.keys(COLOUR) as readonly Role[];

/** Rules that give every part of a figure the colour that `colourOf` says, as CSS, in place of the light one of its role. */
export function recoloured(colourOf: (role: Role) => string): string {
  return ROLES.flatMap((role) =>
    (["fill", "stroke"] as const).map((property) => `svg [${property}="${COLOUR[role]}"]{${property}:${colourOf(role)}}`),
  ).join("\n");
}

/** `svg`, a figure, as a document that follows its reader's light or dark theme. */
export function themed(svg: string): string {
  const style = `<style>@media screen and (prefers-color-scheme:dark){${recoloured((role) => DARK[role])}}</style>`;
  return svg.replace("</title>\n", () => `</title>\n${style}\n`);
}
