// The sink `{ "use": "plot" }`: the run folder's `plots`, as SVG and PNG.
import { optionsSchema, wordOption } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";
import type { FigureSettings } from "./RunFigures.ts";

/** The options of the plot sink. */
export type PlotOptions = FigureSettings;

/** Draws cost, accuracy or error, samples and predictions. */
export const plotSink: SinkPlugin<PlotOptions> = {
  name: "plot",
  options: optionsSchema<PlotOptions>("curves, confusion matrix, samples and predictions as SVG and PNG, in the run folder's plots", {
    costScale: wordOption(["linear", "log"], "the scale of the cost's axis"),
  }),
  delivery: { whenFull: "block" },
  async open(options, run) {
    const [{ join }, { PlotSink }] = await Promise.all([import("node:path"), import("./PlotSink.ts")]);
    const sink = new PlotSink({ ...options, folder: join(run.directory, "plots") });
    for await (const event of run.history?.() ?? []) sink.remember(event);
    return sink;
  },
};
