// The sink `{ "use": "report" }`: the run folder's report.html.
import { optionsSchema, wordOption } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";
import type { FigureSettings } from "../plot/RunFigures.ts";

/** The options of the report sink. */
export type ReportOptions = FigureSettings;

/** Writes what there is to tell of a run as one HTML file. */
export const reportSink: SinkPlugin<ReportOptions> = {
  name: "report",
  options: optionsSchema<ReportOptions>("one HTML file that tells the whole run, report.html in the run folder", {
    costScale: wordOption(["linear", "log"], "the scale of the cost's axis"),
  }),
  delivery: { whenFull: "block" },
  async open(options, run) {
    const [{ join }, { ReportSink }] = await Promise.all([import("node:path"), import("./ReportSink.ts")]);
    const sink = new ReportSink(join(run.directory, "report.html"), options);
    for await (const event of run.history?.() ?? []) sink.write(event);
    return sink;
  },
};
