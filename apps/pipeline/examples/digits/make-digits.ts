// Writes the bundled digits: the four files of the reference experiment, beside this script. Places 0..999 of one
// sequence of @downhill/data/digits are for training, the 350 after them for testing. Run it from the repository's root:
//   node --import tsx -C @downhill/source apps/pipeline/examples/digits/make-digits.ts
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { DIGIT_PIXELS, makeDigits } from "@downhill/data/digits";

const SEED = 0;
const CLASSES = 10;

/** The four files by name, each as the text of its CSV: no header, one digit a line. */
export function digitFiles(): Record<string, string> {
  const train = makeDigits({ seed: SEED, count: 1000 });
  const test = makeDigits({ seed: SEED, first: 1000, count: 350 });
  return {
    train_X: featuresCsv(train.pixels),
    train_label: oneHotCsv(train.labels),
    test_X: featuresCsv(test.pixels),
    test_label: oneHotCsv(test.labels),
  };
}

function featuresCsv(pixels: Uint8Array): string {
  let text = "";
  for (let start = 0; start < pixels.length; start += DIGIT_PIXELS) text += `${pixels.subarray(start, start + DIGIT_PIXELS).join(",")}\n`;
  return text;
}

function oneHotCsv(labels: Uint8Array): string {
  let text = "";
  for (const label of labels) text += `${Array.from({ length: CLASSES }, (_, index) => (index === label ? 1 : 0)).join(",")}\n`;
  return text;
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(digitFiles())) {
    writeFileSync(new URL(`${name}.csv.gz`, import.meta.url), gzipSync(text, { level: 9 }));
  }
}
