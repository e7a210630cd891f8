// What a config calls the columns of a table: a name where it means one column and no other, else an index.
import type { TableDescription } from "@downhill/data";
import { EXIT, PipelineError } from "../PipelineError.ts";

/** The columns of one table as a config calls them. */
export interface ColumnKeys {
  /** The column's name, if it has one of its own, or else its index. */
  of(index: number): string | number;
  /** Whether another column has the same name: rows to predict, which are matched by name, could not have both. */
  isShared(index: number): boolean;
}

/** The keys of a table's columns. Throws a PipelineError (data) where the index of a column without a name is another's name. */
export function columnKeys({ file, columns }: TableDescription): ColumnKeys {
  const counts = new Map<string, number>();
  for (const { name } of columns) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isShared = (index: number): boolean => (counts.get(columns[index].name ?? "") ?? 0) > 1;
  const of = (index: number): string | number => {
    const { name = "" } = columns[index];
    // JSON's parsers treat the last one as no key like others.
    if (name !== "" && name !== "__proto__" && !isShared(index)) return name;
    if (!counts.has(String(index))) return index;
    throw new PipelineError(
      EXIT.data,
      `${file}: column ${index} has no name of its own, and another one is called "${index}"; rename one of them in the file`,
    );
  };
  return { of, isShared };
}
