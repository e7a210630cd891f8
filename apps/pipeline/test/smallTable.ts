// The data that most tests of the command train on: a table of 60 rows in three classes, and a config for it.

/** The class names, in the order in which the model knows them. */
export const SMALL_CLASSES: readonly string[] = ["ant", "bee", "cow"];

/** One line a row, without the header: three numbers about the class's centre, and the class's name. */
export const SMALL_ROWS: readonly string[] = Array.from({ length: 60 }, (_, row) => {
  const group = row % 3;
  const numbers = [2 * group + wobble(row), wobble(row + 20) - 2 * group, wobble(row + 40)];
  return [...numbers.map((number) => number.toFixed(3)), SMALL_CLASSES[group]].join(",");
});

/** The table as a file. */
export const SMALL_TABLE: string = ["width,depth,noise,kind", ...SMALL_ROWS, ""].join("\n");

/** A config that learns the table well in 20 epochs of no time; it has no sinks. */
export const SMALL_CONFIG: Readonly<Record<string, unknown>> = {
  name: "small",
  data: { train: { file: "table.csv", label: "kind" }, test: { fraction: 0.3 } },
  model: {
    layers: [
      { type: "dense", units: 8, activation: "relu" },
      { type: "dense", units: 3 },
    ],
  },
  optimizer: { type: "adam", learningRate: 0.05 },
  epochs: 20,
  compute: { threads: 1 },
  sinks: [],
};

// From -1 to 1, the same everywhere.
function wobble(step: number): number {
  return ((step * 37) % 41) / 20 - 1;
}
