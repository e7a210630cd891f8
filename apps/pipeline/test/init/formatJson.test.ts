import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson } from "../../src/init/formatJson.ts";

test("it is JSON, and says the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(JSON.parse(formatJson(value)))).toBe(JSON.stringify(value));
    }),
  );
});

test("what fits stands on one line, what doesn't gets a line an entry", () => {
  const name = "a".repeat(100);
  expect(formatJson({ data: { test: { fraction: 0.2 }, none: {}, list: [1, [2]] }, long: [name, { x: 1 }] })).toBe(
    `{\n  "data": { "test": { "fraction": 0.2 }, "none": {}, "list": [1, [2]] },\n  "long": [\n    "${name}",\n    { "x": 1 }\n  ]\n}`,
  );
});
