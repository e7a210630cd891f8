// The sink `{ "use": "csv" }`: the run folder's metrics.csv, a row an epoch.
import { optionsSchema } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";

/** Writes a table of the epochs, for spreadsheets and scripts. */
export const csvSink: SinkPlugin<object> = {
  name: "csv",
  options: optionsSchema<object>("a table in the run folder with a row an epoch, metrics.csv", {}),
  delivery: { whenFull: "block" },
  async open(_, run) {
    const [{ join }, { CsvFile }] = await Promise.all([import("node:path"), import("./CsvFile.ts")]);
    return CsvFile.open(join(run.directory, "metrics.csv"), run.history?.() ?? []);
  },
};
