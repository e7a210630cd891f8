/** Wider than this, an object or a list gets a line for each of its entries. */
const WIDTH = 110;

/** JSON for people: what fits on a line stands on one. */
export function formatJson(value: unknown, indent: string = "", used: number = 0): string {
  const line = onOneLine(value);
  if (typeof value !== "object" || value === null || (indent !== "" && indent.length + used + line.length < WIDTH)) return line;
  const deeper = `${indent}  `;
  const [opening, closing] = Array.isArray(value) ? "[]" : "{}";
  const entries = Array.isArray(value)
    ? value.map((item) => formatJson(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${formatJson(item, deeper, key.length + 4)}`);
  return `${opening}\n${entries.map((entry) => `${deeper}${entry}`).join(",\n")}\n${indent}${closing}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
