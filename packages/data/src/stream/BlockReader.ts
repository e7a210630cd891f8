// A CSV file, or two in lockstep, read from its start as often as wanted: blocks of raw rows, as `loadSamples` would give them, that take a
// bounded amount of memory. Where a block ends depends on the files' columns alone.
import { sourceName } from "../bytes/ByteSource.ts";
import { rawFeatures, type LayoutPlaces } from "../columns/rawFeatures.ts";
import { isNumeric, type ColumnKind } from "../csv/CsvColumn.ts";
import { DataError } from "../DataError.ts";
import { checkCounts, classesOfColumn, labelKey, labelTargets, valuesOfColumn } from "../samples/labels.ts";
import type { SampleOptions, SampleSource } from "../samples/loadSamples.ts";
import type { Table } from "../samples/readTable.ts";
import type { ClassTargets, Features, LabelColumn, ValueTargets } from "../samples/Samples.ts";
import { tableFeatures } from "../samples/tableFeatures.ts";
import { dropUnlabelled } from "../samples/unlabelledRows.ts";
import type { LeftOut } from "../samples/leftOut.ts";
import { LeftOutRecords } from "../samples/LeftOutRecords.ts";
import { mostLeftOut } from "../csv/malformedRecord.ts";
import { changed } from "./changed.ts";
import { classesOfNumbers, isNumbered } from "./numberedClasses.ts";
import { planLabels, planTable, type TablePlan } from "./planTables.ts";
import { countRecords, emptyTable, readTables } from "./readTables.ts";

/** The values of a block, 1 MiB of f32; a block has at least one row. */
const BLOCK_VALUES = 2 ** 18;
const BLOCK_ROWS = 4096;

/** Some consecutive rows. The arrays may be the reader's own, and hold these rows only until the next block is asked for. */
export interface Block {
  readonly features: Features;
  /** The table that holds the labels. */
  readonly labels: Table;
}

/** Reads the blocks of a source. */
export class BlockReader {
  /** The file that the features are in. */
  readonly file: string;
  /** Where the label is a column of the features' table. */
  readonly label: LabelColumn | undefined;
  /** The raw features without a row. */
  readonly empty: Features;
  #leftOut: LeftOutRecords | undefined;
  readonly #options: SampleOptions;
  readonly #features: TablePlan;
  /** The labels' own file. */
  readonly #labels: TablePlan | undefined;
  readonly #numbers: readonly number[];
  readonly #places: LayoutPlaces | undefined;
  readonly #blockRows: number;

  private constructor(
    options: SampleOptions,
    features: TablePlan,
    { labels, label, numbers, places }: Omit<Awaited<ReturnType<typeof planTable>>, "plan"> & { labels: TablePlan | undefined },
  ) {
    this.file = features.reading.name;
    this.label = label;
    this.#options = options;
    this.#features = features;
    this.#labels = labels;
    this.#numbers = numbers;
    this.#places = places;
    const width = Math.max(features.head.columns, labels?.head.columns ?? 0);
    this.#blockRows = Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_VALUES / width)));
    this.empty = this.#featuresOf(emptyTable(this.file, features.head, features.kinds(this.#labelKind([]))));
  }

  /** Whether labels are classes. */
  get wantsClasses(): boolean {
    return this.#options.targets === "classes";
  }

  /** The column of the labels in their table; undefined where several columns are one-hot. */
  get labelColumn(): number | undefined {
    if (this.label !== undefined) return this.label.index;
    return this.#labels?.head.columns === 1 ? 0 : undefined;
  }

  /** What the last pass has left out. */
  get leftOut(): LeftOut | undefined {
    return this.#leftOut?.result;
  }

  /** What `columns` may call the label. */
  get labelKey(): string | undefined {
    return this.label && labelKey(this.label, this.#options);
  }

  /** Looks at the heads of the files. Throws a DataError for IDX files, for a source that can be read only once and for columns that aren't as they must be. */
  static async open(source: SampleSource, options: SampleOptions): Promise<BlockReader> {
    if ("images" in source) {
      throw new DataError("is an IDX file, which can't be streamed; leave stream out, it takes one byte a pixel", {
        file: sourceName(source.images, "images"),
      });
    }
    if ("file" in source) {
      const name = sourceName(source.file, "table");
      const { plan, ...rest } = await planTable(source.file, { ...options, name, wanted: source.label });
      return new BlockReader(options, plan, { labels: undefined, ...rest });
    }
    const name = sourceName(source.features, "features");
    if (mostLeftOut(options.malformed) > 0) {
      const what = "malformed records can't be left out of streamed features beside labels in a file of their own";
      throw new DataError(`${what}; put both into one table, or leave malformed out`, { file: name });
    }
    const { plan, ...rest } = await planTable(source.features, { ...options, name, wanted: undefined });
    const labels = await planLabels(source.labels, plan, options);
    return new BlockReader(options, plan, { labels, ...rest });
  }

  /**
   * The blocks from the first row on. Once `classes` are known, labels that are their numbers are read as numbers, which is quicker.
   * Throws a DataError for anything that is not as it must be.
   */
  async *read(classes: readonly string[] = []): AsyncGenerator<Block, void, undefined> {
    const kind = this.#labelKind(classes);
    const leftOut = new LeftOutRecords(this.file, this.#options.malformed);
    const tables = this.#tables(this.#features, kind, leftOut);
    this.#leftOut = leftOut;
    const { label } = this;
    if (this.#labels === undefined) {
      for await (const read of tables) {
        const table = label !== undefined && this.#places?.layout.missingLabel ? dropUnlabelled(read, label.index) : read;
        yield this.#soundBlock(table, leftOut);
      }
      return;
    }
    const beside = this.#tables(this.#labels, kind, new LeftOutRecords(this.#labels.reading.name, undefined));
    try {
      let rows = 0;
      for await (const table of tables) {
        const { value: labels } = await beside.next();
        if (labels?.count !== table.count) await this.#refuseCounts();
        yield { features: this.#featuresOf(table), labels: labels as Table };
        rows += table.count;
      }
      if (rows > 0 && !(await beside.next()).done) await this.#refuseCounts();
    } finally {
      await beside.return();
    }
  }

  /** The block's targets; classes are numbered as in `classes`. */
  targetsOf({ labels }: Block, classes?: readonly string[]): ClassTargets | ValueTargets {
    const { targets } = this.#options;
    const index = this.labelColumn;
    if (targets === "values" ? this.label === undefined : index === undefined) {
      return labelTargets(labels, { targets, ...(classes && { classes }) });
    }
    const column = index as number;
    if (targets === "values") return valuesOfColumn(labels, column);
    const byNumber = classes !== undefined && isNumeric(labels.columns[column].kind);
    return byNumber ? classesOfNumbers(labels, column, classes) : classesOfColumn(labels, column, classes);
  }

  #tables({ source, reading, kinds }: TablePlan, kind: ColumnKind, leftOut: LeftOutRecords): AsyncGenerator<Table, void, undefined> {
    return readTables(source, { ...reading, kinds: kinds(kind), batchRows: this.#blockRows, leftOut });
  }

  // Without the rows that miss a value where none may be missing, if malformed records are left out.
  #soundBlock(table: Table, leftOut: LeftOutRecords): Block {
    if (this.#places === undefined || !leftOut.tolerant) return { features: this.#featuresOf(table), labels: table };
    const faults = new Map<number, DataError>();
    const features = rawFeatures(table, this.#places, (row, error) => {
      if (!faults.has(row)) faults.set(row, error);
    });
    if (faults.size === 0) return { features, labels: table };
    const sound = leftOut.without(table, faults);
    return { features: rawFeatures(sound, this.#places), labels: sound };
  }

  #labelKind(classes: readonly string[]): ColumnKind {
    return this.#options.targets === "values" || isNumbered(classes) ? "number" : "category";
  }

  #featuresOf(table: Table): Features {
    return this.#places === undefined ? tableFeatures(table, this.#numbers) : rawFeatures(table, this.#places);
  }

  async #refuseCounts(): Promise<void> {
    const [features, labels] = [this.#features, this.#labels as TablePlan];
    const count = async ({ source, reading }: TablePlan): Promise<{ file: string; count: number }> => ({
      file: reading.name,
      count: await countRecords(source, reading),
    });
    checkCounts(await count(features), await count(labels));
    throw changed(this.file);
  }
}
