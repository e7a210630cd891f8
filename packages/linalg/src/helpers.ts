// Starts the helpers of a team, in Node and in browsers. It stands directly under src/, as helper.ts does, so that the
// worker's URL holds in dist/ too.
import { LinalgError } from "./LinalgError.ts";
import type { Pointer } from "./wasm.ts";

/** What a helper is started with. */
export interface HelperInput {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Its number in the team, from 1. */
  readonly thread: number;
  /** Its own buffers. */
  readonly workspace: Pointer;
}

/** A worker, as far as a team needs one. */
export interface HelperWorker {
  terminate(): unknown;
}

/** Starts one helper; resolves when it waits for its first job. Throws a LinalgError if it can't be started. */
export async function startHelper(input: HelperInput): Promise<HelperWorker> {
  return typeof process === "object" && process.versions?.node !== undefined ? startInNode(input) : startInBrowser(input);
}

async function startInNode(input: HelperInput): Promise<HelperWorker> {
  const { Worker } = await import("node:worker_threads");
  // Run from source, the helper is TypeScript too.
  const file = import.meta.url.endsWith(".ts") ? "./helper.ts" : "./helper.js";
  const worker = new Worker(new URL(file, import.meta.url), { execArgv: [] });
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", (cause) => reject(failed(cause)));
    worker.once("exit", (code) => reject(failed(`it left with exit code ${code}`)));
    worker.postMessage(input);
  });
  // A waiting helper does not keep the process.
  worker.unref();
  return worker;
}

async function startInBrowser(input: HelperInput): Promise<HelperWorker> {
  const worker = new Worker(new URL("./helper.js", import.meta.url), { type: "module" });
  await new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => reject(failed(message));
    worker.postMessage(input);
  });
  return worker;
}

function failed(cause: unknown): LinalgError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new LinalgError(`a helper thread could not be started: ${message}`, { cause });
}
