// What the language service of VS Code makes of the schema: what it offers where a person types, and what it finds wrong.
import { beforeAll, expect, test } from "vitest";
import { getLanguageService, type LanguageService, TextDocument } from "vscode-json-languageservice";
import { describeOptions } from "../../src/editor/describeOptions.ts";
import { editorSchema } from "../../src/editor/editorSchema.ts";
import { sinkSchemas } from "../../src/editor/sinkSchemas.ts";
import { BUILT_IN_SINKS } from "../../src/sinks/builtInSinks.ts";
import { PLUGINS } from "./plugins.ts";

let service: LanguageService;

beforeAll(async () => {
  const tracker = describeOptions({ options: PLUGINS["strict"] });
  if ("reason" in tracker) throw new Error(tracker.reason);
  const schema = editorSchema(new Map([...(await sinkSchemas()).schemas, ["./tracker.ts", tracker.schema]]));
  service = getLanguageService({});
  service.configure({
    validate: true,
    schemas: [{ uri: "file:///config.schema.json", fileMatch: ["*"], schema: JSON.parse(JSON.stringify(schema)) as object }],
  });
});

// `|` is where the cursor stands.
function open(sink: string): { readonly document: TextDocument; readonly offset: number } {
  const data = '"data": { "train": { "file": "a.csv", "label": 0 } }, "model": { "layers": [{ "type": "dense", "units": 2 }] }';
  const text = `{ ${data}, "sinks": [${sink}] }`;
  return { document: TextDocument.create("file:///config.json", "json", 1, text.replace("|", "")), offset: text.indexOf("|") };
}

async function offered(sink: string): Promise<string[]> {
  const { document, offset } = open(sink);
  const list = await service.doComplete(document, document.positionAt(offset), service.parseJSONDocument(document));
  return (list?.items ?? []).map(({ label }) => label.replaceAll('"', "")).toSorted();
}

async function wrong(sink: string): Promise<string[]> {
  const { document } = open(sink);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map(({ range, message }) => `${document.getText(range)}: ${typeof message === "string" ? message : message.value}`);
}

test("names of sinks", async () => {
  expect(await offered('{ "use": | }')).toEqual([...BUILT_IN_SINKS, "./tracker.ts"].toSorted());
  expect(await offered('{ "use": "t|" }')).toEqual([...BUILT_IN_SINKS, "./tracker.ts"].toSorted());
});

test("the options of the very sink", async () => {
  expect(await offered('{ "use": "plot", | }')).toEqual(["costScale", "delivery"]);
  expect(await offered('{ "use": "csv", | }')).toEqual(["delivery"]);
  expect(await offered('{ "use": "./tracker.ts", "url": "http://a/", | }')).toEqual(["delivery", "experiment", "retries", "tags", "token"]);
  expect(await offered('{ "use": "plot", "costScale": | }')).toEqual(["linear", "log"]);
  expect(await offered("{ | }")).toEqual(["delivery", "use"]);
});

test("what an option means", async () => {
  const { document, offset } = open('{ "use": "./tracker.ts", "url|": "http://a/" }');
  const hover = await service.doHover(document, document.positionAt(offset), service.parseJSONDocument(document));
  expect(JSON.stringify(hover?.contents)).toContain("where the tracker listens");
});

test("mistakes, each where it is", async () => {
  expect(await wrong('{ "use": "plot", "costScale": "log" }, { "use": "console" }, { "use": "./other.ts", "any": 1 }')).toEqual([]);
  expect(await wrong('{ "use": "plot", "costScale": "cubic", "size": 2 }')).toEqual([
    '"cubic": Value is not accepted. Valid values: "linear", "log".',
    '"size": Property size is not allowed.',
  ]);
  expect(await wrong('{ "use": "./tracker.ts", "url": "${URL}", "retries": 30 }')).toEqual(["30: Value is above the maximum of 10."]);
  expect(await wrong('{ "use": "./tracker.ts" }')).toEqual([expect.stringContaining('Missing property "url"')]);
});
