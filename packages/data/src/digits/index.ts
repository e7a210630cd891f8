export { DIGIT_PIXELS, DIGIT_SIDE } from "./cover.ts";
export { drawDigit } from "./drawDigit.ts";
export { type Digits, type DigitsOptions, makeDigits } from "./makeDigits.ts";
