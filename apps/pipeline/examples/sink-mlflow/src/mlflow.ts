// The plugin: what a config's entry is checked by, how the sink wishes to be delivered to, and how it is opened. At run time nothing
// of Downhill is imported: the contract is types alone.
import type { SinkPlugin } from "@downhill/sinks";
import { MlflowSink } from "./MlflowSink.ts";
import { type MlflowOptions, optionsSchema } from "./options.ts";

const mlflow: SinkPlugin<MlflowOptions> = {
  name: "mlflow",
  options: optionsSchema,
  // Longer than the sink tries before it gives up (PACE), so that it fails with a message of its own. The queue is room for the
  // epochs of a short outage: training waits only when it is full.
  delivery: { queue: 256, timeoutMs: 30_000 },
  open: (options, run) => MlflowSink.open(options, run),
};

export default mlflow;
