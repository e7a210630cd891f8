/** The records of a CSV text without quoted line breaks, as the tests' own words for it: fields by column name. */
export function readRecords(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split("\n").map(fieldsOf);
  return lines.map((fields) => {
    if (fields.length !== header.length) throw new Error(`${fields.length} fields under ${header.length} names: ${fields.join(",")}`);
    return Object.fromEntries(header.map((name, column) => [name, fields[column]]));
  });
}

function fieldsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}
