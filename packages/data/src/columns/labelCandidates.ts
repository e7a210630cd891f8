// Which columns of a table are likely what is to be predicted, the likeliest first.
import type { ColumnDescription, TableDescription } from "./describeTable.ts";

/** A column that may be the label. */
export interface LabelCandidate {
  readonly index: number;
  readonly name?: string;
  /** Classes to tell apart, or values to come close to; undefined where it looks like the label and can't be one as it stands. */
  readonly targets: "classes" | "values" | undefined;
  /** Why it was taken for one, in a few words. */
  readonly reason: string;
}

/** The last word of what label columns are called. */
const LABEL_WORDS = /(^|[^a-z])(labels?|targets?|class(es)?|y|outcomes?|species|survived|diagnosis)$/i;
/** The same of words that columns of features have too. */
const LIKELY_WORDS = /(^|[^a-z])(outputs?|quality|price|value|cost|score)$/i;
/** Whole numbers of at most so many different values are classes. */
const MAX_WHOLE_CLASSES = 20;

/**
 * Candidates by name first, then the last column that holds anything, then the first column if it is of classes. A column with gaps, of
 * text, of dates or of one value can't be the label; one that is named so, or is the last and has gaps, is listed all the same: to take
 * another in its place would be to guess.
 */
export function labelCandidates({ columns }: TableDescription): LabelCandidate[] {
  const last = columns.findLast(({ type }) => type !== "empty");
  const named =
    (words: RegExp) =>
    ({ name }: ColumnDescription): boolean =>
      name !== undefined && words.test(name.trim());
  const places = [
    { reason: "its name", fits: named(LABEL_WORDS) },
    { reason: "its name", fits: named(LIKELY_WORDS) },
    {
      reason: last?.index === columns.length - 1 ? "the last column" : "the last column that holds anything",
      fits: (column: ColumnDescription) => column === last && (targetsOf(column) !== undefined || column.missing > 0),
    },
    { reason: "the first column", fits: (column: ColumnDescription) => column.index === 0 && targetsOf(column) === "classes" },
  ];
  const candidates = new Map<number, LabelCandidate>();
  for (const { reason, fits } of places) {
    for (const column of columns.filter(fits)) {
      const { index, name } = column;
      if (!candidates.has(index)) candidates.set(index, { index, ...(name !== undefined && { name }), targets: targetsOf(column), reason });
    }
  }
  return [...candidates.values()];
}

/** What a column would be as a label: classes, or values; undefined when it can be none. */
export function targetsOf({ type, distinct, missing, minimum }: ColumnDescription): LabelCandidate["targets"] {
  if (missing > 0 || distinct < 2) return undefined;
  if (type === "category") return "classes";
  if (type === "number") return "values";
  // Of two whole numbers, such as -1 and 1, each is a class.
  const classes = distinct === 2 || (distinct <= MAX_WHOLE_CLASSES && minimum !== undefined && minimum >= 0);
  return type === "integer" ? (classes ? "classes" : "values") : undefined;
}
