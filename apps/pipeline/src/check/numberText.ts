// Numbers for people.

/** A measure, in five digits. */
export function number(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** A count, its thousands apart: 12,345. */
export function count(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}
