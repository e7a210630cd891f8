// What a first pass counted → what is fitted to the training rows: as `fitPreprocessing` would to the rows in memory, the mean and the deviation
// up to the last digits.
import { describePreprocessing, scaleOfNumbers, type Preprocessing } from "../columns/Preprocessing.ts";
import { encodeTable, fitCategories, fitNumber, unknownCategory, widthOf, type FittedTable } from "../columns/encodeTable.ts";
import { DataError } from "../DataError.ts";
import type { Samples } from "../samples/Samples.ts";
import { fitScale, type Scale, type ScaleKind } from "../samples/scale.ts";
import { plainTargetScale, type TargetScale } from "../samples/targetScale.ts";
import { filled, type FilledStatistics } from "./ColumnStatistics.ts";
import type { MedianCounter } from "./MedianCounter.ts";
import type { SetSurvey } from "./SetSurvey.ts";
import type { OddValue, Survey } from "./surveyRows.ts";

/** What is fitted to. */
export interface StreamFit {
  /** The samples without a row. */
  readonly raw: Samples;
  readonly file: string;
  readonly survey: Survey;
  readonly scale: ScaleKind | undefined;
  /** Whether the values to predict are brought to mean 0 and deviation 1. */
  readonly scaleTargets: boolean;
  /** Of the raw columns whose median is asked for. */
  readonly medians: ReadonlyMap<number, MedianCounter>;
}

/** Fits everything to the training rows. Throws a DataError where that can't be done. */
export function fitStream({ raw, file, survey, scale: kind, scaleTargets, medians }: StreamFit): Preprocessing {
  const [train, ...others] = survey.sets;
  const table = fitColumns(raw, train, medians);
  if (table !== undefined) others.forEach((set) => checkKnown(table, set, file));
  const encoded = table === undefined ? raw : { ...raw, ...encodeTable(table, raw) };
  const scale =
    kind === undefined
      ? undefined
      : scaleOfNumbers(
          fitColumnScale(kind, train, table, () => refuseOdd(file, survey.oddFeature)),
          table,
        );
  const fitted = survey.classes ? undefined : fitTarget(file, train, survey.oddValue);
  const target = fitted === undefined || scaleTargets ? fitted : plainTargetScale(fitted.mean.length);
  return describePreprocessing(encoded, { table, scale, target });
}

function fitColumns({ table }: Samples, { features, texts }: SetSurvey, medians: StreamFit["medians"]): FittedTable | undefined {
  if (table === undefined) return undefined;
  const columns = table.layout.columns.map((column, place) => {
    const found = texts[place];
    if (found !== undefined) return fitCategories(column, features.gaps[place] > 0, new Set([...found].keys()), [...found]);
    const count = features.rows - features.gaps[place];
    return fitNumber(column, { count, mean: () => features.mean[place], median: () => medians.get(place)?.result() ?? Number.NaN });
  });
  return { ...table.layout, columns };
}

/**
 * Throws a DataError for a category of another set that the training rows have not, where that is an error: a later pass would come upon it,
 * and whoever starts a training wants to know before.
 */
export function checkKnown({ columns }: FittedTable, { texts }: SetSurvey, file: string): void {
  columns.forEach((column, place) => {
    const stranger = [...(texts[place] ?? [])].find((text) => !column.categories?.includes(text));
    if (stranger !== undefined && column.unknown === "error") throw unknownCategory(column, stranger, { file });
  });
}

function fitColumnScale(kind: ScaleKind, { features }: SetSurvey, table: FittedTable | undefined, check: () => void): Scale {
  if (typeof kind === "number") return fitScale({ count: 0, inputs: 0, features: new Float32Array(0) }, kind);
  check();
  const columns: readonly FilledStatistics[] = Array.from(features.mean.keys()).flatMap((place) => {
    const column = table?.columns[place];
    if (column?.categories === undefined) return [filled(features, place, Math.fround(Number(column?.fill)))];
    return Array.from({ length: widthOf(column) }, () => ({ mean: 0, deviation: 1, minimum: 0, maximum: 1 }));
  });
  return kind === "standard"
    ? { type: kind, mean: columns.map(({ mean }) => mean), deviation: columns.map(({ deviation }) => deviation) }
    : { type: kind, minimum: columns.map(({ minimum }) => minimum), maximum: columns.map(({ maximum }) => maximum) };
}

function fitTarget(file: string, { values }: SetSurvey, odd: OddValue | undefined): TargetScale {
  if (odd !== undefined)
    throw new DataError(`record ${odd.record}: ${odd.what}; correct or remove it`, { file, line: odd.line, record: odd.record });
  const squares = values.squares.reduce((sum, square) => sum + square, 0);
  return { mean: Array.from(values.mean), deviation: Math.sqrt(squares / (values.rows * values.width)) || 1 };
}

function refuseOdd(file: string, odd: OddValue | undefined): void {
  if (odd === undefined) return;
  throw new DataError(`record ${odd.record}: ${odd.what}; scaling needs finite numbers`, { file, line: odd.line, record: odd.record });
}
