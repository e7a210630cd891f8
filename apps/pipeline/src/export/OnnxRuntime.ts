// ONNX Runtime for the web, WebAssembly in plain Node: the reader that exported models are checked with. Of its API only what that takes.
import { createRequire } from "node:module";
import { join } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { cacheFolder } from "./cacheFolder.ts";
import { installPackage } from "./installPackage.ts";

const NAME = "onnxruntime-web";
const VERSION = "1.30.0";

/** The rows of an input `[rows × width]`: numbers or texts. */
export type PortRows = { readonly name: string; readonly width: number } & (
  | { readonly type: "float"; readonly values: Float32Array }
  | { readonly type: "string"; readonly values: readonly string[] }
);

interface Api {
  readonly env: { readonly wasm: { numThreads: number }; logLevel: string };
  readonly InferenceSession: { create(bytes: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (type: "float32" | "string", values: Float32Array | readonly string[], shape: readonly number[]) => unknown;
}

interface Session {
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
  release(): Promise<void>;
}

/** ONNX Runtime, ready to run models. */
export class OnnxRuntime {
  /** Its name and version. */
  readonly title: string = `${NAME} ${VERSION}`;
  readonly #api: Api;

  private constructor(api: Api) {
    this.#api = api;
  }

  /** Loads it, and fetches it before that if it is not in the cache. Throws a PipelineError (data) if it can't be had. */
  static async load(notice: (line: string) => void): Promise<OnnxRuntime> {
    const folder = await installPackage({ name: NAME, version: VERSION, cache: cacheFolder(), notice }).catch((cause: unknown) => {
      throw new PipelineError(EXIT.data, `${(cause as Error).message} Only --verify needs it`, { cause });
    });
    const api = createRequire(join(folder, "package.json"))(NAME) as Api;
    // One thread: helpers would have to be ended.
    api.env.wasm.numThreads = 1;
    api.env.logLevel = "error";
    return new OnnxRuntime(api);
  }

  /** The first output of a model for `count` rows. Throws a PipelineError (model) if the model doesn't load or run. */
  async run(model: Uint8Array, count: number, inputs: readonly PortRows[]): Promise<Float32Array> {
    const { InferenceSession, Tensor } = this.#api;
    try {
      const session = await InferenceSession.create(model, { executionProviders: ["wasm"] });
      const feeds = inputs.map(({ name, type, width, values }) => [
        name,
        new Tensor(type === "float" ? "float32" : "string", values, [count, width]),
      ]);
      const outputs = await session.run(Object.fromEntries(feeds) as Record<string, unknown>);
      const values = outputs[session.outputNames[0]].data.slice();
      await session.release();
      return values;
    } catch (cause) {
      throw new PipelineError(EXIT.model, `${this.title} does not run the model: ${(cause as Error).message}`, { cause });
    }
  }
}
