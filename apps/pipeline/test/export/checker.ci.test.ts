// ONNX's own checker, where python3 has it: graph, operator set, types and shapes of an exported file.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pipeline } from "../command.ts";
import { smallProject } from "../smallProject.ts";

const hasOnnx = spawnSync("python3", ["-c", "import onnx"]).status === 0;

const CHECK = `
import onnx, sys
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
print(*[i.domain + str(i.version) for i in model.opset_import])
`;

const ROWS = Array.from({ length: 40 }, (_, row) =>
  [...Array.from({ length: 16 }, (__, pixel) => (row * 31 + pixel * 17) % 256), row % 2].join(),
);
const HEADER = [...Array.from({ length: 16 }, (_, pixel) => `p${pixel}`), "kind"].join();

describe.skipIf(!hasOnnx)("ONNX's checker", () => {
  it("accepts images through convolutions, and tables with texts", async () => {
    const image = {
      data: { train: { file: "table.csv", label: "kind" }, image: { width: 4, height: 4 }, scale: 255 },
      model: {
        layers: [
          { type: "conv2d", filters: 3, kernelSize: 3, padding: "same", activation: "gelu" },
          { type: "batchNorm" },
          { type: "maxPool2d" },
          { type: "averagePool2d", padding: "same" },
          { type: "dense", units: 2 },
        ],
      },
    };
    const table = {
      data: { train: { file: "table.csv", label: "kind" }, columns: { p0: "category", p1: { missing: "mean" } }, scale: "standard" },
      model: { layers: [{ type: "dense", units: 1 }], loss: "binaryCrossEntropy" },
    };
    const versions = await Promise.all(
      [image, table].map(async (config) => {
        const cwd = await smallProject(
          {},
          { "table.csv": [HEADER, ...ROWS, ""].join("\n"), "config.json": JSON.stringify({ ...config, epochs: 2, sinks: [] }) },
        );
        expect(await pipeline(["run", "config.json", "--out", "run"], { cwd })).toMatchObject({ exitCode: 0 });
        expect(await pipeline(["export", "run"], { cwd })).toMatchObject({ exitCode: 0 });
        return execFileSync("python3", ["-c", CHECK, join(cwd, "run", "model.onnx")], { encoding: "utf8" }).trim();
      }),
    );
    expect(versions).toEqual(["13", "13 ai.onnx.ml2"]);
  });
});
