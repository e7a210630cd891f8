import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import consolePlugin from "../src/console/index.ts";
import csv from "../src/csv/index.ts";
import type { OptionsSchema } from "../src/index.ts";
import json from "../src/json/index.ts";
import memory from "../src/memory/index.ts";
import plot from "../src/plot/index.ts";
import report from "../src/report/index.ts";
import tensorboard from "../src/tensorboard/index.ts";
import describedLog from "./readme/described-log.ts";

async function problems(options: OptionsSchema<unknown> | undefined, value: unknown): Promise<unknown> {
  const result = await options?.["~standard"].validate(value);
  return result?.issues ?? "fine";
}

// What an editor says of them.
function described(options: OptionsSchema<unknown> | undefined, value: unknown): boolean {
  const schema = options?.["~standard"].jsonSchema?.input({ target: "draft-2020-12" });
  return new Ajv2020().compile(schema ?? {})(value);
}

describe("the options of the built-in sinks", () => {
  it.each([
    [consolePlugin.options, {}],
    [json.options, {}],
    [json.options, { path: "a.ndjson" }],
    [json.options, { path: undefined }],
    [memory.options, { events: [] }],
    [plot.options, {}],
    [plot.options, { costScale: "log" }],
    [tensorboard.options, {}],
    [csv.options, {}],
    [report.options, {}],
    [report.options, { costScale: "log" }],
    [describedLog.options, {}],
    [describedLog.options, { file: "costs.txt" }],
  ])("%# are taken", async (options, value) => {
    expect(await problems(options, value)).toBe("fine");
    expect(described(options, value)).toBe(true);
  });

  it.each([
    [consolePlugin.options, { colour: true }, [{ path: ["colour"], message: "unknown option; this sink takes none" }]],
    [csv.options, { path: "a.csv" }, [{ path: ["path"], message: "unknown option; this sink takes none" }]],
    [report.options, { costScale: 2 }, [{ path: ["costScale"], message: 'expected "linear" or "log", got 2' }]],
    [tensorboard.options, { folder: "tb" }, [{ path: ["folder"], message: "unknown option; this sink takes none" }]],
    [json.options, { path: 5 }, [{ path: ["path"], message: "expected text, got 5" }]],
    [json.options, { path: "" }, [{ path: ["path"], message: 'expected text, got ""' }]],
    [json.options, "events.ndjson", [{ message: 'expected an object of options, got "events.ndjson"' }]],
    [json.options, null, [{ message: "expected an object of options, got null" }]],
    [json.options, [], [{ message: "expected an object of options, got []" }]],
    [describedLog.options, { file: 1 }, [{ path: ["file"], message: "expected text" }]],
    [describedLog.options, { path: "a" }, [{ path: ["path"], message: "unknown option; this sink takes file" }]],
    [memory.options, { events: {} }, [{ path: ["events"], message: "expected an array, got {}" }]],
    [
      plot.options,
      { costScale: "cubic", size: 1, toString: 2 },
      [
        { path: ["costScale"], message: 'expected "linear" or "log", got "cubic"' },
        { path: ["size"], message: "unknown option; this sink takes costScale" },
        { path: ["toString"], message: "unknown option; this sink takes costScale" },
      ],
    ],
  ])("%# are refused, all at once", async (options, value, issues) => {
    expect(await problems(options, value)).toEqual(issues);
    expect(described(options, value)).toBe(false);
  });
});
