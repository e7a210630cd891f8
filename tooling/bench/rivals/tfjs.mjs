// TensorFlow.js on its WebAssembly backend, out of the folder it was installed in.
import { createRequire } from "node:module";

/** Its core, its layers, and one line on what it is. */
export async function loadTfjs(folder) {
  const require = createRequire(`${folder}/`);
  const tf = require("@tensorflow/tfjs-core");
  const layers = require("@tensorflow/tfjs-layers");
  const { getThreadsCount } = require("@tensorflow/tfjs-backend-wasm");
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js could not start its WebAssembly backend");
  await tf.ready();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  // In Node it has no threads; it says so by a flag, and has a count only once it has asked for some.
  const threads = (await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT")) ? getThreadsCount() : 1;
  const version = `TensorFlow.js ${tf.version_core} wasm, ${simd ? "SIMD" : "no SIMD"}, ${threads} thread${threads === 1 ? "" : "s"}`;
  return { tf, layers, version };
}
