// ONNX Runtime for tests, fetched once into the workspace's cache; undefined, and its tests are skipped and counted, where it can't be had.
import { fileURLToPath } from "node:url";
import { OnnxRuntime } from "../../src/export/OnnxRuntime.ts";

/** Where commands under test keep what they fetch. */
export const TEST_CACHE: string = fileURLToPath(new URL("../../../../node_modules/.cache", import.meta.url));

/** The runtime, or undefined without a network. */
export async function onnxRuntime(): Promise<OnnxRuntime | undefined> {
  process.env["XDG_CACHE_HOME"] = TEST_CACHE;
  return OnnxRuntime.load(() => undefined).catch(() => undefined);
}
