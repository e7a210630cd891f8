// MNIST's training images out of their IDX files, and random rows of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export const CLASSES = 10;

/** Pixels / 255 [count × inputs] and labels [count]. */
export function readMnist(folder) {
  const [images, labels] = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"].map((file) =>
    gunzipSync(readFileSync(join(folder, file))),
  );
  // Heads of 16 and 8 bytes; the second number of either is the count, the others are the sizes of an image.
  const count = images.readUInt32BE(4);
  const inputs = images.readUInt32BE(8) * images.readUInt32BE(12);
  const pixels = new Float32Array(count * inputs);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = images[16 + at] / 255;
  return { count, inputs, pixels, labels: Int32Array.from(labels.subarray(8)) };
}

/** `size` different numbers below `count`, in random order. */
export function randomRows(count, size) {
  const rows = Int32Array.from({ length: count }, (_, index) => index);
  for (let place = 0; place < size; place += 1) {
    const pick = place + Math.floor(Math.random() * (count - place));
    [rows[place], rows[pick]] = [rows[pick], rows[place]];
  }
  return rows.slice(0, size);
}

/** The rows of a batch, gathered: pixels and one-hot labels. */
export function gatherRows({ inputs, pixels, labels }, rows) {
  const images = new Float32Array(rows.length * inputs);
  const targets = new Float32Array(rows.length * CLASSES);
  for (const [place, row] of rows.entries()) {
    images.set(pixels.subarray(row * inputs, (row + 1) * inputs), place * inputs);
    targets[place * CLASSES + labels[row]] = 1;
  }
  return { images, targets };
}
