import fc from "fast-check";
import { expect, test } from "vitest";
import { keyOf, parseJsonc } from "../../src/config/parseJsonc.ts";

test("reads comments and trailing commas", () => {
  const text = '// first\n{ "a": [1, 2, /* in between */ 3,], // at the end\n "b": { "c": null, }, }\n';
  const { value, problems } = parseJsonc(text);
  expect(problems).toEqual([]);
  expect(value).toEqual({ a: [1, 2, 3], b: { c: null } });
});

test("what looks like a comment in a string is text", () => {
  expect(parseJsonc('{ "url": "http://a//b", "glob": "/* */" }').value).toEqual({ url: "http://a//b", glob: "/* */" });
});

test("reads what JSON.parse reads", () => {
  const escapes = '["\\u00e9\\n\\"\\ud83d\\ude00\\/", -1.5e3, 1E-7, 1e400]';
  expect(parseJsonc(escapes).value).toEqual(JSON.parse(escapes));
  fc.assert(
    fc.property(fc.json(), fc.nat(3), (json, indent) => {
      fc.pre(!json.includes("__proto__"));
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const { value, problems } = parseJsonc(text);
      expect(problems).toEqual([]);
      expect(value).toEqual(JSON.parse(text));
    }),
  );
});

test("a byte order mark, as some editors write one, is no part of the text", () => {
  const { value, problems } = parseJsonc('\uFEFF{ "epochs": 5 }');
  expect(problems).toEqual([]);
  expect(value).toEqual({ epochs: 5 });
});

test("places count lines and columns from 1, and stand at the value", () => {
  const { place } = parseJsonc('{\n  "seed": 1,\r\n  "sinks": [{ "use": "console" }]\n}');
  expect(place(["seed"])).toEqual({ line: 2, column: 11 });
  expect(place(["sinks", 0, "use"])).toEqual({ line: 3, column: 22 });
  expect(place([])).toEqual({ line: 1, column: 1 });
});

test("what was not written has the place of what it would be in", () => {
  const { place } = parseJsonc('{\n  "data": { "train": {} }\n}');
  expect(place(["data", "train", "file"])).toEqual({ line: 2, column: 22 });
  expect(place(["model", "layers", 3])).toEqual({ line: 1, column: 1 });
});

test("a key given twice is refused at its second place, at any depth", () => {
  const { problems } = parseJsonc('{\n  "seed": 1,\n  "data": { "a": 1, "a": 2 },\n  "seed": 2\n}');
  expect(problems).toEqual([
    { place: { line: 3, column: 21 }, key: "data.a", message: "this key is given twice" },
    { place: { line: 4, column: 3 }, key: "seed", message: "this key is given twice" },
  ]);
});

test("__proto__ is refused and changes no prototype, however it is spelt", () => {
  for (const key of ["__proto__", "\\u005f_proto__"]) {
    const { value, problems } = parseJsonc(`{ "data": { "${key}": { "polluted": true } } }`);
    expect(problems).toMatchObject([{ key: "data.__proto__", place: { line: 1, column: 13 } }]);
    expect((value as { data: Record<string, unknown> }).data["polluted"]).toBeUndefined();
  }
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("keys that every object inherits are not taken for duplicates", () => {
  const { value, problems } = parseJsonc('{ "constructor": 1, "toString": 2, "hasOwnProperty": 3 }');
  expect(problems).toEqual([]);
  expect(Object.entries(value as object)).toEqual([
    ["constructor", 1],
    ["toString", 2],
    ["hasOwnProperty", 3],
  ]);
});

test.each([
  ["nothing", "", 1, 1],
  ["an unclosed object", '{\n  "seed": 1', 2, 12],
  ["a missing comma", '{\n  "seed": 1\n  "name": 2\n}', 3, 3],
  ["a missing value", '{ "seed": }', 1, 11],
  ["single quotes", "{ 'seed': 1 }", 1, 3],
  ["two values", '{ "seed": 1 } {}', 1, 15],
  ["NaN", '{ "seed": NaN }', 1, 11],
])("%s is one problem with its place", (_, text, line, column) => {
  const { problems } = parseJsonc(text);
  expect(problems).toHaveLength(1);
  expect(problems[0].place).toEqual({ line, column });
  expect(problems[0].message).not.toMatch(/undefined|\(\d+:\d+\)/);
  expect(problems[0].message).not.toBe("");
});

test("a key path is written with dots", () => {
  expect(keyOf(["sinks", 0, "use"])).toBe("sinks.0.use");
  expect(keyOf([])).toBe("");
});
