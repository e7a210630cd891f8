// The few pieces of HTML that the report is built of. Every text that comes from an event passes `escaped` on its way; there
// is no other door.
import { escapeXml } from "../plot/svg.ts";

/** Text inside an element or a quoted attribute, on one line: nothing in it is markup, and no character is invisible. */
export const escaped: (text: string) => string = escapeXml;

/** The same for a text of several lines. */
export function escapedLines(text: string): string {
  return text.split("\n").map(escaped).join("\n");
}

/** A part of the page under a heading; nothing where `body` is empty. */
export function section(heading: string, body: readonly string[]): string {
  const content = body.filter((part) => part !== "");
  return content.length === 0 ? "" : `<section>\n<h2>${escaped(heading)}</h2>\n${content.join("\n")}\n</section>`;
}

/** A table whose first column names its rows; `numeric` aligns the others to the right. */
export function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${escaped(name)}</th>`).join("");
  const body = rows.map(([name, ...cells]) => {
    return `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
  });
  return scrolling(
    caption,
    `<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`,
  );
}

/** Wide content that scrolls by itself, also by the keyboard, so that the page never does. */
export function scrolling(name: string, content: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(name)}">${content}</div>`;
}

/** Names with their values. */
export function pairs(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`);
  return entries.length === 0 ? "" : `<dl>${entries.join("\n")}</dl>`;
}
