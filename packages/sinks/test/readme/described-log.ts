import { appendFile } from "node:fs/promises";
import type { OptionsSchema, SinkPlugin } from "@downhill/sinks";

interface Options {
  readonly file?: string;
}

// What zod's strictObject({ file: string().describe(…).optional() }) is, by hand.
const options: OptionsSchema<Options> = {
  "~standard": {
    version: 1,
    vendor: "described-log",
    validate(value) {
      const { file, ...others } = value as Record<string, unknown>;
      if (file !== undefined && typeof file !== "string") return { issues: [{ message: "expected text", path: ["file"] }] };
      const issues = Object.keys(others).map((name) => ({ message: "unknown option; this sink takes file", path: [name] }));
      return issues.length > 0 ? { issues } : { value: file === undefined ? {} : { file } };
    },
    jsonSchema: {
      input: () => ({
        description: "a line of text an epoch",
        type: "object",
        properties: { file: { description: "its name in the run folder", type: "string", default: "epochs.txt" } },
        additionalProperties: false,
      }),
    },
  },
};

const describedLog: SinkPlugin<Options> = {
  name: "described-log",
  options,
  open: ({ file = "epochs.txt" }, run) => ({
    async write(event) {
      if (event.type === "epochCompleted") await appendFile(`${run.directory}/${file}`, `${event.epoch} ${event.cost}\n`);
    },
  }),
};

export default describedLog;
