// Comments among the lines of a document, some of them within quotes, where they are none.
import type { Draw } from "./numericDocuments.ts";

const COMMENTS = ["#", "# a comment", '#"', '# "1","2', "#1,2,3", "##", "#é"];
const ENDS = ["\n", "\r\n", "\r"];

/** The document with up to three lines that begin with #, in one of three documents; else as it is, and without comments. */
export function withComments(draw: Draw, text: string): { text: string; comment?: string } {
  if (draw(3) > 0) return { text };
  let whole = text;
  for (let count = draw(4); count > 0; count -= 1) {
    const starts = [text.startsWith("\uFEFF") ? 1 : 0, ...[...whole].flatMap((_, at) => (/[\n\r]/.test(whole[at]) ? [at + 1] : []))];
    const at = starts[draw(starts.length)];
    whole = whole.slice(0, at) + COMMENTS[draw(COMMENTS.length)] + ENDS[draw(ENDS.length)] + whole.slice(at);
  }
  return { text: whole, comment: "#" };
}
