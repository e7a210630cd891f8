// The sink `{ "use": "tensorboard" }`: the run folder's `tensorboard`, for `tensorboard --logdir runs`.
import { optionsSchema } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";

/** Writes scalars and images for TensorBoard. */
export const tensorBoardSink: SinkPlugin<object> = {
  name: "tensorboard",
  options: optionsSchema<object>("scalars and images for TensorBoard, in the run folder's tensorboard", {}),
  delivery: { whenFull: "block" },
  async open(_, run) {
    const [{ join }, { TensorBoardSink }] = await Promise.all([import("node:path"), import("./TensorBoardSink.ts")]);
    const sink = new TensorBoardSink(join(run.directory, "tensorboard"), run.history !== undefined);
    for await (const event of run.history?.() ?? []) await sink.write(event);
    return sink;
  },
};
