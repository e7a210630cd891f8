// One digit, from the choice of its form to its pixels: trace, distort, fit, cover, ink.
import type { RandomStream } from "@downhill/random";
import { cover } from "./cover.ts";
import { distort } from "./distort.ts";
import { between } from "./draws.ts";
import { centreByMass, fitToBox } from "./frame.ts";
import { inkPixels, pickPen } from "./pen.ts";
import { DIGIT_FORMS, type DigitForm } from "./skeletons.ts";
import { trace } from "./trace.ts";

/**
 * Draws the digit `digit` (0..9) in a hand of its own as `[28 × 28]` grey values, 0 for paper to 255 for ink, row by row.
 * All chance comes from `stream`; the same stream gives the same bytes in every engine. Throws a RangeError for any other digit.
 */
export function drawDigit(digit: number, stream: RandomStream): Uint8Array {
  if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
    throw new RangeError(`drawDigit: the digit is ${digit}; it must be a whole number from 0 to 9`);
  }
  const traced = pickForm(DIGIT_FORMS[digit], stream).strokes.map((skeleton) => trace(skeleton, stream));
  const distorted = distort(traced, stream);
  const pen = pickPen(stream);
  const fitted = fitToBox(distorted, pen.radius, between(stream, 0.94, 1));
  // The mass is known only from the pixels, so the strokes are drawn a first time in the box's middle.
  const placed = centreByMass(fitted, cover(fitted, pen));
  return inkPixels(cover(placed, pen), pen, stream);
}

function pickForm(forms: readonly DigitForm[], stream: RandomStream): DigitForm {
  let pick = stream.integer(forms.reduce((total, form) => total + form.weight, 0));
  let index = 0;
  while (pick >= forms[index].weight) {
    pick -= forms[index].weight;
    index += 1;
  }
  return forms[index];
}
