// One digit from a form's skeleton to its pixels: trace, distort, frame, raster.
import type { RandomStream } from "@downhill/random";
import { distort } from "./distort.ts";
import { around, between } from "./draws.ts";
import { frame } from "./frame.ts";
import { type Pen, raster } from "./raster.ts";
import { DIGIT_FORMS, type DigitForm } from "./skeletons.ts";
import { trace } from "./strokes.ts";

/**
 * Draws the digit `digit` (0..9) in a hand of its own as `[28 × 28]` grey values, 0 for paper to 255 for ink, row by row.
 * All chance comes from `stream`; the same stream gives the same bytes in every engine. Throws a RangeError for any other digit.
 */
export function drawDigit(digit: number, stream: RandomStream): Uint8Array {
  if (!Number.isInteger(digit) || digit < 0 || digit > 9) {
    throw new RangeError(`drawDigit: the digit is ${digit}; it must be a whole number from 0 to 9`);
  }
  const form = pickForm(DIGIT_FORMS[digit], stream);
  const strokes = distort(
    form.strokes.map((skeleton) => trace(skeleton, stream)),
    stream,
  );
  const pen = pickPen(stream);
  return raster(frame(strokes, pen.radius, between(stream, 0.94, 1.02)), pen, stream);
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

function pickPen(stream: RandomStream): Pen {
  return {
    radius: 1.3 + around(stream, 0.7),
    edge: between(stream, 1, 1.7),
    ink: between(stream, 1, 1.4),
    grain: between(stream, 0, 0.2),
  };
}
