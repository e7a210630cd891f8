// From an entry of the config to the plugin that it names, its checked options, and how it is delivered to; in this thread.
import type { Delivery, OptionsSchema, SinkPlugin } from "@downhill/sinks";
import type { SinkConfig } from "../config/Config.ts";
import { deliverySchema } from "../config/schema.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { failureText } from "./failureText.ts";
import { loadSink } from "./loadSink.ts";

/** How a sink is delivered to unless it or the config says otherwise. */
export const DEFAULT_DELIVERY: Delivery = { queue: 64, whenFull: "block", timeoutMs: 10_000, required: false, batches: false, live: false };

/** A sink that can be opened. */
export interface InspectedSink {
  readonly plugin: SinkPlugin<unknown>;
  readonly options: unknown;
  readonly delivery: Delivery;
}

/** Loads the plugin and checks its options; the entry is number `index` of a config in `directory`. Throws a PipelineError (usage) if one of them won't do. */
export async function inspectSink({ use, delivery, ...given }: SinkConfig, index: number, directory: string): Promise<InspectedSink> {
  const plugin = await loadSink(use, directory);
  const options = plugin.options === undefined ? given : await checkOptions(plugin.options, given, `sinks.${index}`);
  return { plugin, options, delivery: deliveryOf(plugin, delivery) };
}

/** How a sink is delivered to: as the config says, else as the sink wishes. */
export function deliveryOf(plugin: Pick<SinkPlugin, "name" | "delivery">, told: SinkConfig["delivery"]): Delivery {
  const wish = deliverySchema.optional().safeParse(plugin.delivery);
  if (!wish.success) {
    const faults = wish.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim());
    throw new PipelineError(EXIT.usage, `the sink ${plugin.name} has a delivery that is none: ${faults.join("; ")}`, { cause: wish.error });
  }
  const wished = { ...plugin.delivery, ...defined(told) };
  const keys = Object.keys(DEFAULT_DELIVERY) as (keyof Delivery)[];
  return Object.fromEntries(keys.map((key) => [key, wished[key] ?? DEFAULT_DELIVERY[key]])) as unknown as Delivery;
}

async function checkOptions<Options>(schema: OptionsSchema<Options>, given: unknown, key: string): Promise<Options> {
  const result = await checked(schema, given, key);
  if (result.issues === undefined) return result.value;
  const lines = result.issues.map(({ path = [], message }) => {
    const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
    return `${[key, ...keys].join(".")}  ${message}`;
  });
  throw new PipelineError(EXIT.usage, lines.join("\n"));
}

// A schema may be anybody's.
async function checked<Options>(schema: OptionsSchema<Options>, given: unknown, key: string): Promise<Awaited<Validated<Options>>> {
  try {
    return await schema["~standard"].validate(given);
  } catch (cause) {
    throw new PipelineError(EXIT.usage, `${key}  the sink's own check of its options failed: ${failureText(cause)}`, { cause });
  }
}

type Validated<Options> = ReturnType<OptionsSchema<Options>["~standard"]["validate"]>;

function defined<Values extends object>(values: Values | undefined): Values | undefined {
  return values && (Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values);
}
