// Products by ONNX Runtime, one model a shape with B as its constant, which it packs once. Started with the installation and
// the folder of the operands and models.
import { readdirSync } from "node:fs";
import { loadOnnxruntime } from "./onnxruntime.mjs";
import { durations, readFloats, serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder] = process.argv.slice(2);
  const { ort, open, version } = loadOnnxruntime({ installation, name: "onnxruntime-web", folder, threads: 1 });
  const a = readFloats(folder, "a.f32");
  const sessions = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".onnx"))) sessions.set(file, await open(file));
  return {
    hello: { version: `${version}, B constant` },
    answer: async ({ name, m, k, transposeA, milliseconds, probes }) => {
      const session = sessions.get(`${name}.onnx`);
      const feeds = { a: new ort.Tensor("float32", a.subarray(0, m * k), transposeA ? [k, m] : [m, k]) };
      let c;
      const times = await durations(milliseconds, async () => {
        ({ c } = await session.run(feeds));
      });
      return { milliseconds: Math.min(...times), values: probes.map((probe) => c.data[probe]) };
    },
  };
});
