// What an exported model takes: rows as the user's data holds them. Numbers alone are one input; where a table has columns of text, its
// numbers are one and its texts another.
import type { FittedColumn, Preprocessing } from "@downhill/data";
import type { OnnxPort } from "@downhill/nn";

/** An input of an exported model, with the columns that it holds in their order. */
export interface InputPort extends OnnxPort {
  /** Their names; by number where the data has none. Absent for an image's pixels. */
  readonly columns?: readonly string[];
  /** Their places among the columns of features. */
  readonly places: readonly number[];
}

/** The inputs of a model with this preprocessing: `features`, or `numbers` and `categories`. */
export function inputPorts({ inputs, table, featureNames, image }: Preprocessing): InputPort[] {
  if (table === undefined) {
    const places = Array.from({ length: inputs }, (_, place) => place);
    const columns = featureNames ?? places.map((place) => `column ${place}`);
    return [{ name: "features", type: "float", width: inputs, places, ...(image === undefined && { columns }) }];
  }
  const placesOf = (type: FittedColumn["type"]): number[] =>
    table.columns.flatMap((column, place) => (column.type === type ? [place] : []));
  const port = (name: string, type: OnnxPort["type"], places: readonly number[]): InputPort[] =>
    places.length === 0 ? [] : [{ name, type, width: places.length, places, columns: places.map((place) => nameOf(table.columns[place])) }];
  const texts = placesOf("category");
  return [...port(texts.length === 0 ? "features" : "numbers", "float", placesOf("number")), ...port("categories", "string", texts)];
}

function nameOf({ name, index }: FittedColumn): string {
  return name ?? `column ${index}`;
}

/** A port as metadata and results tell it. */
export function portFacts({ name, type, width, columns }: OnnxPort & Pick<InputPort, "columns">): object {
  return { name, type, width, ...(columns && { columns }) };
}
