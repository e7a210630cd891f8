// The sink `{ "use": "json", "path": "events.ndjson" }`: every event as a line of NDJSON, in a file or on standard output.
import { optionsSchema, textOption } from "../contract/optionsSchema.ts";
import type { SinkPlugin } from "../contract/Sink.ts";

/** The options of the json sink. */
export interface JsonOptions {
  /** The file to append to, from the config's folder; without it the lines go to standard output. */
  readonly path?: string;
}

/** Writes events as NDJSON. */
export const jsonSink: SinkPlugin<JsonOptions> = {
  name: "json",
  options: optionsSchema<JsonOptions>("every event as a line of NDJSON", {
    path: textOption("the file to append to, from the config's folder; without it the lines go to standard output"),
  }),
  delivery: { whenFull: "block" },
  async open({ path }, run) {
    if (path === undefined) {
      const { StandardOutput } = await import("./StandardOutput.ts");
      return new StandardOutput();
    }
    const [{ resolve }, { JsonFile }] = await Promise.all([import("node:path"), import("./JsonFile.ts")]);
    return JsonFile.open(resolve(run.configDirectory, path), run);
  },
};
