// Which column is to be predicted, and as what.
import { type LabelCandidate, labelCandidates, type ColumnDescription, type TableDescription, targetsOf } from "@downhill/data";
import { suggestion } from "../config/nearest.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { columnKeys } from "./columnKeys.ts";
import { textsOf } from "./decideColumns.ts";

/** The column to predict. */
export interface LabelDecision {
  readonly column: ColumnDescription;
  /** What the config calls it: its name, or its index where that is not a name of its own. */
  readonly key: string | number;
  readonly targets: NonNullable<LabelCandidate["targets"]>;
  readonly why: string;
}

/**
 * The column that `wanted` names, by name or index from 0, or else the likeliest. Throws a PipelineError: usage where there is no such
 * column or none was given and none is likely, data where the column can't be predicted.
 */
export function decideLabel(table: TableDescription, wanted: string | undefined): LabelDecision {
  const { file, columns } = table;
  const keys = columnKeys(table);
  if (wanted === undefined) {
    const [best] = labelCandidates(table);
    if (best === undefined)
      throw new PipelineError(EXIT.usage, `${file}: no column looks like a label; say which it is with --label COLUMN`);
    const { index, targets, reason } = best;
    const column = columns[index];
    if (targets === undefined) {
      throw new PipelineError(
        EXIT.data,
        `${file}: ${shownKey(keys.of(index))} looks like the label, being ${reason === "its name" ? "called so" : reason}, but ${whyNot(column)}; or say which column is with --label COLUMN`,
      );
    }
    return { column, key: keys.of(index), targets, why: reason };
  }
  const column = columns.find(({ name }) => name === wanted) ?? (/^\d+$/.test(wanted) ? columns[Number(wanted)] : undefined);
  if (column === undefined) {
    const names = columns.flatMap(({ name }) => name ?? []);
    const hint =
      names.length > 0
        ? suggestion(wanted, names) || `; it has ${names.join(", ")}`
        : `; it has no header, so give an index from 0 to ${columns.length - 1}`;
    throw new PipelineError(EXIT.usage, `--label ${wanted}: ${file} has no such column${hint}`);
  }
  if (column.name === wanted && keys.isShared(column.index)) {
    const places = columns.flatMap(({ name, index }) => (name === wanted ? index : []));
    throw new PipelineError(EXIT.usage, `--label ${wanted}: ${file} has it more than once; give an index: ${places.join(" or ")}`);
  }
  const targets = targetsOf(column);
  if (targets === undefined) throw new PipelineError(EXIT.data, `${file}: ${wanted} can't be the label: ${whyNot(column)}`);
  return { column, key: keys.of(column.index), targets, why: "as asked" };
}

function shownKey(key: string | number): string {
  return typeof key === "number" ? `column ${key}` : key;
}

function whyNot(column: ColumnDescription): string {
  const { missing, firstMissingLine, distinct, type } = column;
  if (missing > 0)
    return `it is missing in ${missing === 1 ? "1 record" : `${missing} records`}, first in line ${firstMissingLine}; remove them or fill it in`;
  if (distinct < 2) return "it is always the same";
  if (type === "commaNumber") return "it holds numbers written with commas; write points in the file";
  return type === "date" ? "it holds dates" : `it holds ${textsOf(column)}`;
}
