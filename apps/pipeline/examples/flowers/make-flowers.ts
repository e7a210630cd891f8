// Writes flowers.csv: 150 invented flowers of three species, two of which overlap, as a table to try things on.
//
//     node --import tsx -C @downhill/source apps/pipeline/examples/flowers/make-flowers.ts
import { writeFile } from "node:fs/promises";
import { permutation, type RandomStream, randomStream } from "@downhill/random";

interface Species {
  readonly name: string;
  /** Mean and deviation of each column, in cm. */
  readonly columns: readonly (readonly [mean: number, deviation: number])[];
}

const HEADER = "sepal_length,sepal_width,petal_length,petal_width,species";
const SPECIES: readonly Species[] = [
  {
    name: "alpine",
    columns: [
      [5, 0.4],
      [3.4, 0.4],
      [1.5, 0.2],
      [0.3, 0.1],
    ],
  },
  {
    name: "meadow",
    columns: [
      [5.9, 0.5],
      [2.8, 0.3],
      [4.3, 0.5],
      [1.3, 0.2],
    ],
  },
  {
    name: "valley",
    columns: [
      [6.6, 0.6],
      [3, 0.3],
      [5.5, 0.5],
      [2, 0.3],
    ],
  },
];
const EACH = 50;

// The sum of twelve uniforms has variance 1: near enough to a normal for flowers.
function roughlyNormal(stream: RandomStream): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += stream.uniform();
  return sum;
}

const stream = randomStream(0, "digits").substream(1_000_000);
const records = SPECIES.flatMap(({ name, columns }) =>
  Array.from({ length: EACH }, () => {
    const numbers = columns.map(([mean, deviation]) => Math.max(0.1, mean + deviation * roughlyNormal(stream)).toFixed(1));
    return [...numbers, name].join(",");
  }),
);
const order = permutation(records.length, stream);
const lines = [HEADER, ...Array.from(order, (row) => records[row])];
await writeFile(new URL("flowers.csv", import.meta.url), `${lines.join("\n")}\n`);
