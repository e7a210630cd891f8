// ONNX Runtime, for the web (WebAssembly) or for Node (native), out of the folder it was installed in.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Its API, a function that opens a model of the folder of inputs with so many threads, and one line on what it is. */
export function loadOnnxruntime({ installation, name, folder, threads }) {
  const ort = createRequire(`${installation}/`)(name);
  if (name === "onnxruntime-web") ort.env.wasm.numThreads = threads;
  const versions = ort.env.versions;
  const options = {
    executionProviders: [name === "onnxruntime-web" ? "wasm" : "cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  };
  return {
    ort,
    open: (file) => ort.InferenceSession.create(readFileSync(join(folder, file)), options),
    version: `ONNX Runtime ${versions[name.slice("onnxruntime-".length)]} ${name.endsWith("web") ? "wasm" : "native"}, ${threads} thread${threads === 1 ? "" : "s"}`,
  };
}
