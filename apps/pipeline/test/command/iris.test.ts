// A real table, with class names and no header: three kinds of iris.
import { expect, test } from "vitest";
import { pipeline } from "../command.ts";
import { readRecords } from "../csv.ts";
import { realData } from "../realData.ts";
import { smallProject } from "../smallProject.ts";

const IRIS = realData("tables/iris.data");

test.skipIf(IRIS === undefined)("iris is learnt to 90% and more, and predicted by name", async () => {
  const folder = await smallProject({
    data: { train: { file: IRIS, label: 4 }, test: { fraction: 0.3 }, scale: "standard" },
    model: {
      layers: [
        { type: "dense", units: 16, activation: "relu" },
        { type: "dense", units: 3 },
      ],
    },
    optimizer: { type: "adam", learningRate: 0.01 },
    epochs: 100,
  });
  const { exitCode, stdout } = await pipeline(["run", "config.json", "--json", "--out", "run"], { cwd: folder });
  expect(exitCode).toBe(0);
  const { train, test: tested } = JSON.parse(stdout) as Record<"train" | "test", { accuracy: number }>;
  expect(train.accuracy).toBeGreaterThanOrEqual(0.9);
  expect(tested.accuracy).toBeGreaterThanOrEqual(0.9);

  const input = "5.1,3.5,1.4,0.2\n6.0,2.7,5.1,1.6\n7.7,3.8,6.7,2.2\n";
  const records = readRecords((await pipeline(["predict", "run", "-"], { cwd: folder, input })).stdout);
  const names = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];
  expect(Object.keys(records[0])).toEqual(["class", "probability", ...names.map((name) => `probability_${name}`)]);
  expect([records[0]["class"], records[2]["class"]]).toEqual(["Iris-setosa", "Iris-virginica"]);
});
