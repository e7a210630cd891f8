/** Prints `value` as one line of JSON on standard output; numbers that JSON lacks are the strings "NaN", "Infinity" and "-Infinity". */
export function printJson(value: unknown): void {
  const line = JSON.stringify(value, (_key, item: unknown) => (typeof item === "number" && !Number.isFinite(item) ? String(item) : item));
  process.stdout.write(`${line}\n`);
}
