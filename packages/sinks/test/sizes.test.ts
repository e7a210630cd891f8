// Figures of runs of every size: what would be cut off, hidden or out of place in one of them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PredictedPicture, TrainingFact } from "../src/index.ts";
import plot, { type FigureName, RunFigures } from "../src/plot/index.ts";
import { Curve } from "../src/plot/Curve.ts";
import { COLOUR } from "../src/plot/svg.ts";
import { DARK, ROLES, themed } from "../src/plot/theme.ts";
import { sampleRun, stampFacts, withTemporaryRun } from "../src/testing/index.ts";
import { type Element, readXml } from "./readXml.ts";

function drawn(facts: readonly TrainingFact[], name: FigureName, width?: number): Element[] {
  const figures = new RunFigures();
  for (const event of stampFacts(facts)) figures.take(event);
  return readXml(figures.draw(name, width));
}

function run(costs: readonly number[], validation?: readonly number[]): TrainingFact[] {
  const epochs = costs.length;
  return [
    { type: "runStarted", name: "", config: {}, epochs },
    ...costs.map((cost, index): TrainingFact => ({
      type: "epochCompleted",
      epoch: index + 1,
      epochs,
      cost,
      rmse: Math.abs(cost),
      learningRate: 0.1,
      samplesPerSecond: 1,
      durationMs: 1,
      ...(validation && { validation: { cost: validation[index] } }),
    })),
  ];
}

function texts(elements: readonly Element[]): string[] {
  return elements.filter(({ name }) => name === "text").map(({ text }) => text);
}

// What is written left of the vertical axis.
function valueTexts(elements: readonly Element[]): string[] {
  return elements
    .filter(({ name, attributes }) => name === "text" && attributes["text-anchor"] === "end" && attributes["x"] === "82")
    .map(({ text }) => text);
}

const falling = (from: number, to: number, epochs = 50): number[] =>
  Array.from({ length: epochs }, (_, index) => from * (to / from) ** (index / (epochs - 1)));

describe("a curve", () => {
  it("has a logarithmic axis where its values span more than three powers of ten", () => {
    expect(valueTexts(drawn(run(falling(1e4, 1e-6)), "cost"))).toEqual(["1e−6", "1e−4", "0.01", "1", "100", "10,000"]);
    expect(valueTexts(drawn(run(falling(1001, 1)), "rmse"))).toContain("1,000");
    expect(valueTexts(drawn(run(falling(999, 1)), "cost"))).toEqual(["0", "200", "400", "600", "800", "1,000"]);
  });

  it.each([
    ["zero", 0],
    ["negative", -1],
  ])("has a linear axis where a value is %s", (_, last) => {
    expect(valueTexts(drawn(run([...falling(1e4, 1e-6), last]), "cost"))).toContain("4,000");
  });

  it.each([
    [3e12, ["0", "5e11", "1e12", "1.5e12", "2e12", "2.5e12", "3e12"]],
    [1.7e6, ["0", "2e5", "4e5", "6e5", "8e5", "1e6", "1.2e6", "1.4e6", "1.6e6", "1.8e6"]],
    [90_000, ["0", "20,000", "40,000", "60,000", "80,000", "100,000"]],
    [3e-9, ["0", "5e−10", "1e−9", "1.5e−9", "2e−9", "2.5e−9", "3e−9"]],
  ])("of values up to %d has labels of one kind", (greatest, expected) => {
    expect(valueTexts(drawn(run(falling(greatest, greatest / 10)), "cost"))).toEqual(expected);
  });

  it("keeps the labels of its epochs inside the figure, however narrow", () => {
    for (const epochs of [300, 5000, 10_000, 1_000_000]) {
      const facts: TrainingFact[] = [
        { type: "runStarted", name: "", config: {}, epochs },
        { ...(run([1])[1] as Extract<TrainingFact, { type: "epochCompleted" }>), epochs },
      ];
      const labels = drawn(facts, "cost", 400).filter(({ name, attributes }) => name === "text" && attributes["y"] === "449");
      const last = labels[labels.length - 1];
      const share = last.attributes["text-anchor"] === "end" ? 0 : 0.5;
      // A digit is 0.6 of the letters' 13 pixels wide.
      expect(Number(last.attributes["x"]) + share * 7.8 * last.text.length).toBeLessThanOrEqual(400);
    }
  });

  it("of one epoch stands in the middle, validation a ring around training", () => {
    const svg = drawn(run([2], [2]), "cost");
    const [training, validation] = svg.filter(({ name }) => name === "circle").map(({ attributes }) => attributes);
    expect(training).toMatchObject({ cx: String((92 + 768) / 2), fill: COLOUR.training });
    expect(validation).toMatchObject({ cx: training["cx"], cy: training["cy"], fill: "none", stroke: COLOUR.validation });
    expect(Number(validation["r"])).toBeGreaterThan(Number(training["r"]));
    expect(texts(svg)).toContain("1");
  });
});

it("a curve of a million epochs keeps few of them, and every extreme, gap and end", () => {
  const curve = new Curve();
  const odd = new Map([
    [1, 9],
    [3, -70],
    [123_456, 80],
    [777_777, Number.NaN],
    [1_000_000, 7],
  ]);
  let most = 0;
  for (let epoch = 1; epoch <= 1_000_000; epoch += 1) {
    curve.push(epoch, odd.get(epoch) ?? Math.sin(epoch));
    most = Math.max(most, curve.epochs.length);
  }
  expect(most).toBeLessThan(50_000);
  expect(curve.values.length).toBe(curve.epochs.length);
  for (const [epoch, value] of odd) expect(curve.values[curve.epochs.indexOf(epoch)]).toBe(value);
  expect(curve.epochs).toEqual(curve.epochs.toSorted((one, other) => one - other));
  // Values between −1 and 1 are still everywhere: a column is 250 epochs wide.
  for (let from = 1000; from < 1_000_000; from += 1000) {
    expect(curve.epochs.some((epoch) => epoch >= from && epoch < from + 1000)).toBe(true);
  }
});

describe("a confusion matrix", () => {
  const matrix = (counts: readonly (readonly number[])[], classes: readonly string[]): Element[] =>
    drawn(
      [
        {
          type: "dataLoaded",
          sets: [{ name: "test", samples: 1, features: 1, outputs: classes.length, classes }],
          model: { inputs: 1, layers: [], parameters: 1, loss: "", optimizer: "" },
        },
        { type: "runCompleted", reason: "finished", epochs: 1, durationMs: 1, test: { cost: 1, confusionMatrix: counts } },
      ],
      "confusionMatrix",
    );

  it("rounds a count that has no room, and cuts none", () => {
    const shown = texts(
      matrix(
        [
          [2_923_456, 12],
          [0, 2_719_999],
        ],
        ["no", "yes"],
      ),
    );
    expect(shown).toEqual(expect.arrayContaining(["2.92M", "12", "2.72M"]));
    expect(shown.filter((text) => text.includes("…"))).toEqual([]);
  });

  it("has room for the long names of few classes", () => {
    expect(
      texts(
        matrix(
          [
            [1, 0],
            [0, 1],
          ],
          ["Golden retriever (pup)", "Airedale"],
        ),
      ),
    ).toContain("Golden retriever (pup)");
  });
});

describe("images that are not square", () => {
  const picture = (index: number): PredictedPicture => ({
    index,
    width: 4,
    height: 1,
    pixels: btoa("\u0000\u00ff\u0000\u00ff"),
    label: 0,
    predicted: 1,
    probabilities: [0.2, 0.8],
  });
  const facts = (classes: readonly string[]): TrainingFact[] => {
    const samples = Array.from({ length: 18 }, (_, index) => picture(index));
    return [
      { type: "samplesShown", set: "train", samples },
      { type: "samplesPredicted", set: "test", classes, samples, worstMistakes: samples },
      { type: "weightsShown", layer: "dense_1", images: samples, limit: 1 },
    ];
  };

  it.each(["samples", "predictions", "mistakes", "weights"] as const)("leave no gaps in %s", (name) => {
    const images = drawn(facts(["a", "b"]), name).filter((element) => element.name === "image");
    const tops = [...new Set(images.map(({ attributes }) => Number(attributes["y"])))];
    const heights = images.map(({ attributes }) => Number(attributes["height"]));
    // The grid's rows follow each other as closely as their captions allow.
    const rows = tops.slice(-2);
    expect(rows[1] - rows[0]).toBeLessThan(Math.min(...heights) + 90);
    expect(Number(images[0].attributes["y"])).toBeLessThan(130);
  });

  it("have the cross on their own corner", () => {
    const svg = drawn(facts(["a", "b"]), "predictions");
    const images = svg.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
    const crosses = svg.filter(({ name, attributes }) => name === "g" && attributes["class"] === "wrong");
    const corners = images.map(({ x, y, width }) => [Number(x) + Number(width), Number(y)]);
    const places = crosses.map(({ attributes }) => (/\((.*)\)/.exec(attributes["transform"])?.[1] ?? "").split(" ").map(Number));
    expect(places.length).toBe(18);
    for (const [index, [x, y]] of places.entries()) {
      expect(x).toBeCloseTo(corners[index][0], 1);
      expect(y).toBeCloseTo(corners[index][1], 1);
    }
  });

  it("have true and predicted label in sight, however long", () => {
    const shown = texts(drawn(facts(["Golden retriever of the northern hills", "Airedale terrier"]), "predictions"));
    expect(shown).toContain("predicted label Airedale terrier");
    expect(shown.some((text) => text.startsWith("true label Golden retriever"))).toBe(true);
  });
});

describe("an SVG file", () => {
  it("follows a dark theme in every colour, and prints light", () => {
    const figures = new RunFigures();
    for (const event of sampleRun({ epochs: 3 })) figures.take(event);
    const svg = themed(figures.draw("predictions"));
    const style = readXml(svg).find(({ name }) => name === "style")?.text ?? "";
    expect(style).toMatch(/^@media screen and \(prefers-color-scheme:dark\)\{/);
    for (const role of ROLES) {
      expect(style).toContain(`[fill="${COLOUR[role]}"]{fill:${DARK[role]}}`);
      expect(style).toContain(`[stroke="${COLOUR[role]}"]{stroke:${DARK[role]}}`);
    }
    const colours = [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)].map(([, colour]) => colour);
    expect(colours.filter((colour) => !Object.values<string>(COLOUR).includes(colour))).toEqual([]);
  });

  it("is what the plot sink writes", () =>
    withTemporaryRun(async ({ context }) => {
      const sink = await plot.open({}, context);
      for (const event of sampleRun({ epochs: 2 })) await sink.write(event);
      expect(await readFile(join(context.directory, "plots", "cost.svg"), "utf8")).toContain("prefers-color-scheme:dark");
    }));
});
