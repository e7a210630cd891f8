// Which columns of a table are likely what is to be predicted, the likeliest first.
import type { ColumnDescription, TableDescription } from "./describeTable.ts";

/** A column that may be the label. */
export interface LabelCandidate {
  readonly index: number;
  readonly name?: string;
  /** Classes to tell apart, or values to come close to. */
  readonly targets: "classes" | "values";
  /** Why it was taken for one, in a few words. */
  readonly reason: string;
}

/** The last word of what label columns are often called. */
const LABEL_WORDS =
  /(^|[^a-z])(labels?|targets?|class(es)?|y|outputs?|outcomes?|species|survived|diagnosis|quality|price|value|cost|score)$/i;
/** Whole numbers of at most so many different values are classes. */
const MAX_WHOLE_CLASSES = 20;

/** Candidates by name first, then the last column, then the first one if it is of classes; a column with gaps, of text or of dates is none. */
export function labelCandidates({ columns }: TableDescription): LabelCandidate[] {
  const last = columns.length - 1;
  const places = [
    { reason: "its name", fits: ({ name }: ColumnDescription) => name !== undefined && LABEL_WORDS.test(name.trim()) },
    { reason: "the last column", fits: ({ index }: ColumnDescription) => index === last },
    { reason: "the first column", fits: (column: ColumnDescription) => column.index === 0 && targetsOf(column) === "classes" },
  ];
  const candidates = new Map<number, LabelCandidate>();
  for (const { reason, fits } of places) {
    for (const column of columns.filter(fits)) {
      const targets = targetsOf(column);
      if (targets === undefined || candidates.has(column.index)) continue;
      candidates.set(column.index, { index: column.index, ...(column.name !== undefined && { name: column.name }), targets, reason });
    }
  }
  return [...candidates.values()];
}

/** What a column would be as a label: classes, or values; undefined when it can be none. */
export function targetsOf({ type, distinct, missing, minimum }: ColumnDescription): LabelCandidate["targets"] | undefined {
  if (missing > 0 || distinct < 2) return undefined;
  if (type === "category") return "classes";
  if (type === "number") return "values";
  if (type === "integer") return distinct <= MAX_WHOLE_CLASSES && minimum !== undefined && minimum >= 0 ? "classes" : "values";
  return undefined;
}
