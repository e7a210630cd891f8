import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictionFormat } from "../../src/commands/predictionFormat.ts";
import { readRecords } from "../csv.ts";

const HOSTILE = ["=1+1", "+a", "-b", "@c", "a,b", 'say "hi"', "__proto__", "constructor", "7", " x ", "日本", "é"];
const names = fc.uniqueArray(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme-ascii", minLength: 1 })), {
  minLength: 1,
  maxLength: 6,
});
const table = names.chain((classes) =>
  fc.record({
    classes: fc.constant(classes),
    rows: fc.array(
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: 0 }), { minLength: classes.length, maxLength: classes.length }),
      {
        maxLength: 5,
      },
    ),
  }),
);

// JSON.parse with a reviver sees every key once, __proto__ included; an object would not keep number-like keys in place.
function entriesOf(text: string): [string, number][] {
  return Array.from(text.matchAll(/("(?:[^"\\]|\\.)*"):([^,}]+)/g), ([, key, value]) => [JSON.parse(key) as string, Number(value)]);
}

describe("predictionFormat", () => {
  it("writes CSV of classes that reads back as it was, whatever the names", () => {
    fc.assert(
      fc.property(table, ({ classes, rows }) => {
        const { header, rows: write } = predictionFormat("csv", { inputs: 1, classes }, classes.length);
        const records = readRecords(header + write({ count: rows.length, values: Float32Array.from(rows.flat()) }));
        expect(records).toHaveLength(rows.length);
        records.forEach((record, index) => {
          const row = rows[index];
          const likeliest = row.indexOf(Math.max(...row));
          expect(record["class"]).toBe(classes[likeliest]);
          expect(Number(record["probability"])).toBe(row[likeliest] + 0);
          expect(Object.keys(record)).toEqual(["class", "probability", ...classes.map((name) => `probability_${name}`)]);
          expect(classes.map((name) => Number(record[`probability_${name}`]))).toEqual(row.map((value) => value + 0));
        });
      }),
    );
  });

  it("writes NDJSON of classes that parses, each line with every class in its order", () => {
    fc.assert(
      fc.property(table, ({ classes, rows }) => {
        const { header, rows: write } = predictionFormat("ndjson", { inputs: 1, classes }, classes.length);
        expect(header).toBe("");
        const lines = write({ count: rows.length, values: Float32Array.from(rows.flat()) }).split("\n");
        expect(lines.pop()).toBe("");
        lines.forEach((line, index) => {
          const likeliest = rows[index].indexOf(Math.max(...rows[index]));
          const { class: name, probability } = JSON.parse(line) as { class: string; probability: number };
          expect([name, probability]).toEqual([classes[likeliest], rows[index][likeliest] + 0]);
          const inner = line.slice(line.indexOf('"probabilities":{') + '"probabilities":'.length, -1);
          JSON.parse(inner);
          expect(entriesOf(inner)).toEqual(classes.map((key, place) => [key, rows[index][place] + 0]));
        });
        expect(lines).toHaveLength(rows.length);
      }),
    );
  });

  it("takes the first of equals for the likeliest", () => {
    const { rows } = predictionFormat("csv", { inputs: 1, classes: ["a", "b"] }, 2);
    expect(rows({ count: 2, values: Float32Array.of(0.5, 0.5, 0.25, 0.75) })).toBe("a,0.5,0.5,0.5\nb,0.75,0.25,0.75\n");
  });

  it("names the outputs that training had no class for by their index", () => {
    expect(predictionFormat("csv", { inputs: 1, classes: ["a"] }, 2).header).toBe("class,probability,probability_a,probability_1\n");
  });

  it("writes values under the label's name where there is one, else by number", () => {
    const label = { index: 0, name: 'price, "net"' };
    const values = Float32Array.of(1.5, -2);
    const one = predictionFormat("csv", { inputs: 1, label }, 1);
    expect(one.header + one.rows({ count: 2, values })).toBe('"price, ""net"""\n1.5\n-2\n');
    expect(predictionFormat("ndjson", { inputs: 1, label }, 1).rows({ count: 1, values })).toBe('{"price, \\"net\\"":1.5}\n');
    const two = predictionFormat("csv", { inputs: 1 }, 2);
    expect(two.header + two.rows({ count: 1, values })).toBe("value_0,value_1\n1.5,-2\n");
    expect(predictionFormat("ndjson", { inputs: 1 }, 2).rows({ count: 1, values })).toBe('{"value_0":1.5,"value_1":-2}\n');
  });
});
