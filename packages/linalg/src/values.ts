// Checks of plain values, as JavaScript can hand them over whatever the types say: sizes, numbers, lists of numbers.
import { LinalgError } from "./LinalgError.ts";

/** Addresses end at 4 GiB, so no list holds more f32; kernels count in i32, with room for a step beyond this. */
const MOST_ELEMENTS = 2 ** 30;

/** A value as error messages give it. */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Throws a LinalgError unless `size` is a whole number of at least 0. */
export function checkWhole(what: string, size: unknown): void {
  if (isWhole(size)) return;
  throw new LinalgError(`${what} is ${shown(size)}; it must be a whole number of at least 0`);
}

/** Throws a LinalgError unless `count` is a number of rows, columns or indices that a kernel can count. */
export function checkCount(what: string, count: unknown): void {
  checkWhole(what, count);
  if ((count as number) <= MOST_ELEMENTS) return;
  throw new LinalgError(`${what} is ${shown(count)}; linalg's memory can hold ${MOST_ELEMENTS} numbers. Use a smaller batch or model.`);
}

/** Throws a LinalgError unless `value` is a number. */
export function checkNumber(what: string, value: unknown): void {
  if (typeof value !== "number") throw new LinalgError(`${what} is ${shown(value)}; it must be a number`);
}

/** Throws a LinalgError unless `value` holds options. */
export function checkOptions(what: string, value: unknown): void {
  if (typeof value !== "object" || value === null) throw new LinalgError(`${what} is ${shown(value)}; it must be an object`);
}

/** Whether `start` and `count` are whole numbers that stay within [0, end]. */
export function isWithin(start: unknown, count: unknown, end: number): boolean {
  return isWhole(start) && isWhole(count) && start + count <= end;
}

/** Throws a LinalgError unless `values` are `count` numbers, or undefined. */
export function checkValues(what: string, values: unknown, count: number, shape: string): void {
  if (values === undefined) return;
  const { length } = checkList(what, values);
  if (length !== count) throw new LinalgError(`${what}: ${length} values do not fill ${shape}; give exactly ${count}`);
  const list = values as ArrayLike<unknown>;
  // A typed array can't hold anything but numbers, or anything but bigints.
  const checked = ArrayBuffer.isView(values) ? Math.min(count, 1) : count;
  for (let index = 0; index < checked; index += 1) {
    if (typeof list[index] !== "number") checkNumber(`${what}: values[${index}]`, list[index]);
  }
}

/** Throws a LinalgError unless `values` are `count` whole numbers that an i32 can hold, or undefined. */
export function checkIndexValues(what: string, values: unknown, count: number): void {
  checkValues(what, values, count, `${count}`);
  if (values === undefined || values instanceof Int32Array) return;
  const list = values as ArrayLike<number>;
  for (let index = 0; index < count; index += 1) {
    if (list[index] !== (list[index] | 0)) {
      throw new LinalgError(`${what}: values[${index}] is ${list[index]}; it must be a whole number that fits 32 bits`);
    }
  }
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function checkList(what: string, values: unknown): ArrayLike<unknown> {
  if (typeof values === "object" && values !== null && "length" in values) return values as ArrayLike<unknown>;
  throw new LinalgError(`${what}: values is ${shown(values)}; it must be an array of numbers`);
}
