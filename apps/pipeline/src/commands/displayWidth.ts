// How wide text is on a terminal: names come from data files, in any script.
import { plainText } from "@downhill/sinks";

const LONGEST_NAME = 40;

const CLUSTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

// Unicode's East Asian Wide and Fullwidth characters by their blocks, and pictures: two columns each.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\ufe0f|\p{Emoji_Presentation}/u;

const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** The columns that `text` takes on a terminal. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of CLUSTERS.segment(text)) width += clusterWidth(segment);
  return width;
}

/** A name as a table shows it: without control characters, cut to 40 columns. */
export function tableName(name: string): string {
  const text = plainText(name);
  if (displayWidth(text) <= LONGEST_NAME) return text;
  let cut = "";
  let width = 1;
  for (const { segment } of CLUSTERS.segment(text)) {
    width += clusterWidth(segment);
    if (width > LONGEST_NAME) break;
    cut += segment;
  }
  return `${cut}…`;
}

function clusterWidth(cluster: string): number {
  if (INVISIBLE.test(cluster)) return 0;
  return WIDE.test(cluster) ? 2 : 1;
}
