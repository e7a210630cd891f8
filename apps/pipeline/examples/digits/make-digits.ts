// Writes the bundled digits: the four files of the reference experiment, to the folder named by the first argument or
// else beside this script. Places 0..999 of one sequence of @downhill/data/digits are for training, the 350 after them
// for testing. Run it from the repository's root:
//   node --import tsx -C @downhill/source apps/pipeline/examples/digits/make-digits.ts
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DIGIT_PIXELS, makeDigits } from "@downhill/data/digits";

const SEED = 0;
const TRAIN_COUNT = 1000;
const TEST_COUNT = 350;
const CLASSES = 10;

/** The place of gzip's operating-system byte, and its value for "unknown": so the header is the same on every platform. */
const GZIP_SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

const folder = process.argv[2] ?? import.meta.dirname;
const train = makeDigits({ seed: SEED, count: TRAIN_COUNT });
const test = makeDigits({ seed: SEED, first: TRAIN_COUNT, count: TEST_COUNT });
write("train_X", featureLines(train.pixels));
write("train_label", oneHotLines(train.labels));
write("test_X", featureLines(test.pixels));
write("test_label", oneHotLines(test.labels));

function featureLines(pixels: Uint8Array): string[] {
  return Array.from({ length: pixels.length / DIGIT_PIXELS }, (_, row) =>
    pixels.subarray(row * DIGIT_PIXELS, (row + 1) * DIGIT_PIXELS).join(","),
  );
}

function oneHotLines(labels: Uint8Array): string[] {
  return Array.from(labels, (label) => Array.from({ length: CLASSES }, (_, index) => (index === label ? 1 : 0)).join(","));
}

function write(name: string, lines: readonly string[]): void {
  const bytes = gzipSync(`${lines.join("\n")}\n`, { level: 9 });
  bytes[GZIP_SYSTEM] = UNKNOWN_SYSTEM;
  writeFileSync(join(folder, `${name}.csv.gz`), bytes);
}
