// A helper's whole life: it takes the module and the memory, says that it is there, and waits inside WebAssembly. Dying, it says so
// in shared memory.
import type { HelperInput } from "./helpers.ts";
import type { ModuleExports } from "./wasm.ts";

interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: HelperInput }) => void) | null;
}

const port: Port =
  typeof process === "object" && process.versions?.node !== undefined
    ? ((await import("node:worker_threads")).parentPort as unknown as Port)
    : (globalThis as unknown as Port);

port.onmessage = async ({ data: { module, memory, thread, workspace } }) => {
  port.onmessage = null;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const helper = exports as ModuleExports;
  helper.useWorkspace(workspace);
  port.postMessage("ready");
  try {
    helper.help(thread);
  } catch (error) {
    // The caller may be asleep inside WebAssembly, where no message reaches it.
    helper.fall(thread);
    throw error;
  }
};
