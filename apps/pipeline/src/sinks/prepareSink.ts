// From an entry of the config to a sink that the host can open: plugin, checked options, delivery.
import type { Delivery, OptionsSchema, RunContext, SinkPlugin } from "@downhill/sinks";
import type { SinkConfig } from "../config/Config.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { loadSink } from "./loadSink.ts";
import type { SinkQueueOptions } from "./SinkQueue.ts";

/** How a sink is delivered to unless it or the config says otherwise. */
export const DEFAULT_DELIVERY: Delivery = { queue: 64, whenFull: "block", timeoutMs: 10_000, required: false, batches: false, live: false };

/** A sink that is ready to be opened once the run is known. */
export type PreparedSink = (run: RunContext) => SinkQueueOptions;

/** Loads the plugin and checks its options. Throws a PipelineError (usage) if one of them won't do. */
export async function prepareSink(config: SinkConfig, index: number, directory: string): Promise<PreparedSink> {
  const { use, delivery, ...given } = config;
  const plugin = await loadSink(use, directory);
  const options = plugin.options === undefined ? given : await checkOptions(plugin.options, given, `sinks.${index}`);
  return (run) => ({
    name: use,
    delivery: deliveryOf(plugin, delivery),
    open: async () => plugin.open(options, run),
  });
}

/** How a sink is delivered to: as the config says, else as the sink wishes. */
export function deliveryOf(plugin: Pick<SinkPlugin, "delivery">, told: Partial<Delivery> | undefined): Delivery {
  return { ...DEFAULT_DELIVERY, ...defined(plugin.delivery), ...defined(told) };
}

async function checkOptions<Options>(schema: OptionsSchema<Options>, given: unknown, key: string): Promise<Options> {
  const result = await schema["~standard"].validate(given);
  if (result.issues === undefined) return result.value;
  const lines = result.issues.map(({ path = [], message }) => {
    const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
    return `${[key, ...keys].join(".")}  ${message}`;
  });
  throw new PipelineError(EXIT.usage, lines.join("\n"));
}

function defined<Values extends object>(values: Values | undefined): Values | undefined {
  return values && (Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values);
}
