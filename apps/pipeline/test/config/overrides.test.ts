import fc from "fast-check";
import { expect, test } from "vitest";
import { applyOverride, parseOverride } from "../../src/config/overrides.ts";

const set = (root: unknown, text: string): unknown => applyOverride(root, parseOverride(text));

test.each([
  ["a number", "epochs=5", { epochs: 5 }],
  ["a fraction", "epochs=1e-3", { epochs: 0.001 }],
  ["true", "epochs=true", { epochs: true }],
  ["null", "epochs=null", { epochs: null }],
  ["a list", "epochs=[1,2]", { epochs: [1, 2] }],
  ["an object", 'epochs={"a":1}', { epochs: { a: 1 } }],
  ["a JSON string", 'epochs="5"', { epochs: "5" }],
  ["anything else as a string", "epochs=full", { epochs: "full" }],
  ["nothing as an empty string", "epochs=", { epochs: "" }],
  ["an equals sign in the value", "epochs=a=b", { epochs: "a=b" }],
  ["a path with a dot in the value", "epochs=./my.sink.ts", { epochs: "./my.sink.ts" }],
])("takes %s", (_, text, expected) => {
  expect(set({ epochs: 1 }, text)).toEqual(expected);
});

test("any JSON value is taken as it is, and put where the path says", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "0", "1"), { minLength: 1, maxLength: 4 }), fc.json(), (path, json) => {
      const root = set({ a: { b: [1, 2] }, c: 3 }, `${path.join(".")}=${json}`);
      const found = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], root);
      expect(found).toEqual(JSON.parse(json));
      expect((root as { c: number }).c).toBe(3);
    }),
  );
});

test("reaches into objects and leaves their other keys", () => {
  expect(set({ optimizer: { type: "sgd", learningRate: 1 }, seed: 2 }, "optimizer.learningRate=0.5")).toEqual({
    optimizer: { type: "sgd", learningRate: 0.5 },
    seed: 2,
  });
});

test("reaches into a list by index, and appends at its end", () => {
  const root = { sinks: [{ use: "console" }, { use: "plot" }] };
  expect(set(root, "sinks.1.use=json")).toEqual({ sinks: [{ use: "console" }, { use: "json" }] });
  expect(set(root, "sinks.2.use=json")).toEqual({ sinks: [{ use: "console" }, { use: "plot" }, { use: "json" }] });
});

test("makes the objects and lists on the way to a new key", () => {
  expect(set({}, "sinks.0.use=json")).toEqual({ sinks: [{ use: "json" }] });
  expect(set({}, "data.image.width=28")).toEqual({ data: { image: { width: 28 } } });
  expect(set({ optimizer: "adam" }, "optimizer.type=adam")).toEqual({ optimizer: { type: "adam" } });
});

test("changes nothing that it was given", () => {
  const root = { sinks: [{ use: "console" }] };
  set(root, "sinks.0.use=json");
  set(root, "sinks.1.use=json");
  expect(root).toEqual({ sinks: [{ use: "console" }] });
});

test("the last one wins", () => {
  expect(["epochs=1", "epochs=2"].map(parseOverride).reduce(applyOverride, {} as unknown)).toEqual({ epochs: 2 });
});

test.each(["epochs", "=5", ""])("refuses %o, which names no key or no value", (text) => {
  expect(() => parseOverride(text)).toThrow(/--set .*expected key=value/);
});

test.each(["__proto__.polluted=1", "data.__proto__.polluted=1", "data.__proto__=1"])("refuses %s", (text) => {
  expect(() => parseOverride(text)).toThrow(/__proto__/);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("keys that objects inherit are keys like any other", () => {
  const result = set({}, "constructor.prototype.polluted=1") as object;
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.keys(result)).toEqual(["constructor"]);
});
