import fc from "fast-check";
import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import type { Picture, TrainingEvent } from "../src/index.ts";
import { Curve, thin } from "../src/plot/Curve.ts";
import { curveFigure, type ValueAxis } from "../src/plot/curveFigure.ts";
import { type FigureName, RunFigures } from "../src/plot/index.ts";
import { escapeXml } from "../src/plot/svg.ts";
import { sampleRun, stampFacts } from "../src/testing/index.ts";
import { type Element, readXml } from "./readXml.ts";

const HOSTILE = `<&">'</text><script>\u0000\u001b[31m\ud800\uffff`;

function drawn(events: readonly TrainingEvent[], name: FigureName): Element[] {
  const figures = new RunFigures();
  for (const event of events) figures.take(event);
  return readXml(figures.draw(name));
}

function texts(elements: readonly Element[]): string[] {
  return elements.filter(({ name }) => name === "text").map(({ text }) => text);
}

function curve(values: readonly number[], first = 1): Curve {
  const made = new Curve();
  for (const [index, value] of values.entries()) made.push(first + index, value);
  return made;
}

describe("the cost figure", () => {
  it("has the title, the axes and the grid of a cost over epochs", () => {
    const svg = drawn(sampleRun({ epochs: 500, validation: false }), "cost");
    expect(svg[0]).toMatchObject({ name: "svg", attributes: { xmlns: "http://www.w3.org/2000/svg", width: "800", height: "500" } });
    expect(texts(svg).join(" | ")).toBe(
      "Cost function vs. training iterations | epoch 500 of 500, cost 0.007422 | " +
        "50 | 100 | 150 | 200 | 250 | 300 | 350 | 400 | 450 | 500 | 0.0 | 0.5 | 1.0 | 1.5 | 2.0 | 2.5 | " +
        "Training iterations (epochs) | Cost function value",
    );
    // Ten lines up, six across, two axes.
    expect(svg.filter(({ name }) => name === "line")).toHaveLength(18);
    expect(svg.filter(({ name }) => name === "path")).toHaveLength(1);
  });

  it("names training and validation where there are both, and draws them apart without colour", () => {
    const svg = drawn(sampleRun({ epochs: 50 }), "cost");
    expect(texts(svg).slice(-2)).toEqual(["training", "validation"]);
    const [training, validation] = svg.filter(({ name }) => name === "path");
    expect(training.attributes["stroke-dasharray"]).toBeUndefined();
    expect(validation.attributes["stroke-dasharray"]).toBe("7 5");
  });

  it("puts each value at its height", () => {
    const plot = { title: "", subtitle: "", valueLabel: "", epochs: 3, validation: new Curve() };
    const heights = (valueAxis: ValueAxis, values: readonly number[]): number[] => {
      const path = readXml(curveFigure({ ...plot, valueAxis, training: curve(values) })).find(({ name }) => name === "path");
      return [...(path?.attributes.d ?? "").matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    };
    const [top, bottom] = [92, 428];
    expect(heights("linear", [2, 1, 0])).toEqual([top, (top + bottom) / 2, bottom]);
    expect(heights("fraction", [0, 0.5, 1])).toEqual([bottom, (top + bottom) / 2, top]);
    expect(heights("log", [100, 10, 1])).toEqual([top, (top + bottom) / 2, bottom]);
  });

  it("shows the run on an axis of all its epochs, and of those it made once it is over", () => {
    const run = sampleRun({ epochs: 100, end: "aborted" });
    expect(texts(drawn(run.slice(0, -1), "cost"))).toContain("100");
    expect(texts(drawn(run, "cost"))).not.toContain("100");
    expect(texts(drawn(run, "cost"))).toContain("50");
  });

  it("is interrupted where a value is not finite", () => {
    const plot = { title: "", subtitle: "", valueLabel: "", valueAxis: "linear", epochs: 5, validation: new Curve() } as const;
    const svg = readXml(curveFigure({ ...plot, training: curve([2, 1, Number.NaN, 1, Number.POSITIVE_INFINITY]) }));
    const path = svg.find(({ name }) => name === "path")?.attributes.d ?? "";
    expect(path.match(/M/g)).toHaveLength(2);
  });

  it("stays well-formed and finite whatever the values", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, -1, 5e-324, 1e-310, 1.7e308, -1.7e308, Number.NaN, Number.POSITIVE_INFINITY));
    const axis = fc.constantFrom<ValueAxis>("linear", "log", "fraction");
    fc.assert(
      fc.property(fc.array(value), fc.array(value), axis, fc.nat(200), (training, validation, valueAxis, epochs) => {
        const plot = { title: HOSTILE, subtitle: HOSTILE, valueLabel: HOSTILE, valueAxis };
        const elements = readXml(curveFigure({ ...plot, epochs, training: curve(training), validation: curve(validation) }));
        for (const { attributes } of elements) expect(Object.values(attributes).join(" ")).not.toMatch(/NaN|Infinity|undefined/);
        expect(texts(elements).join(" ")).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { examples: [[[-5e-324, 5e-324], [], "linear", 0]] },
    );
  });
});

describe("thinning", () => {
  it("keeps a curve with no more points than columns", () => {
    expect(thin(curve([3, 1, 2]), 1, 3, 3)).toEqual([
      [1, 3],
      [2, 1],
      [3, 2],
    ]);
    expect(thin(new Curve(), 1, 2, 10)).toEqual([]);
    expect(thin(curve([5]), 1, 1, 10)).toEqual([[1, 5]]);
  });

  it("bounds the points of a very long curve, and with them the drawing", () => {
    const long = curve(Array.from({ length: 100_000 }, (_, index) => Math.sin(index) / (1 + index)));
    expect(thin(long, 1, 100_000, 676).length).toBeLessThanOrEqual(4 * 677);
    const plot = { title: "", subtitle: "", valueLabel: "", valueAxis: "linear", epochs: 100_000, validation: new Curve() } as const;
    expect(curveFigure({ ...plot, training: long }).length).toBeLessThan(50_000);
  });

  it("keeps the order, the extremes and the interruptions of every column", () => {
    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (values, columns) => {
        const last = Math.max(1, values.length);
        const points = thin(curve(values), 1, last, columns);
        const columnOf = (epoch: number): number => Math.floor(((epoch - 1) / Math.max(1, last - 1)) * columns);
        for (const [index, [epoch, kept]] of points.entries()) {
          if (index > 0) expect(epoch).toBeGreaterThan(points[index - 1][0]);
          expect(kept).toBe(Number.isFinite(values[epoch - 1]) ? values[epoch - 1] : Number.NaN);
        }
        for (let column = 0; column <= columns; column += 1) {
          const all = values.filter((_, index) => columnOf(index + 1) === column);
          const kept = points.filter(([epoch]) => columnOf(epoch) === column).map((point) => point[1]);
          const [finite, keptFinite] = [all.filter(Number.isFinite), kept.filter(Number.isFinite)];
          expect(kept.length).toBeLessThanOrEqual(5);
          expect([Math.min(...keptFinite), Math.max(...keptFinite)]).toEqual([Math.min(...finite), Math.max(...finite)]);
          expect([keptFinite[0], keptFinite.at(-1)]).toEqual([finite[0], finite.at(-1)]);
          expect(kept.length > keptFinite.length).toBe(all.length > finite.length);
        }
      }),
    );
  });
});

describe("the accuracy figure", () => {
  it("has an axis in percent", () => {
    const words = texts(drawn(sampleRun({ epochs: 50 }), "accuracy"));
    expect(words.slice(0, 2)).toEqual(["Accuracy vs. training iterations", "epoch 50 of 50, accuracy 100.0%"]);
    expect(words).toContain("100%");
    expect(words).toContain("Accuracy");
  });

  it("is one of the error in a regression", () => {
    const figures = new RunFigures();
    const changed = sampleRun({ epochs: 50, task: "regression" }).flatMap((event) => figures.take(event));
    expect(new Set(changed)).toEqual(new Set(["cost", "rmse", "learningRate"]));
    const words = texts(readXml(figures.draw("rmse")));
    expect(words[0]).toBe("Error vs. training iterations");
    expect(words).toContain("Root mean squared error");
  });
});

describe("the samples figure", () => {
  it("titles a training image and a test image, and shows the others below", () => {
    const svg = drawn(sampleRun(), "samples");
    const words = texts(svg);
    expect(words).toContain("training image 0: 3");
    expect(words).toContain("test image 0: 3");
    const images = svg.filter(({ name }) => name === "image");
    expect(images).toHaveLength(18);
    const [training, , , , , , , , , test] = images;
    expect(test.attributes.y).toBe(training.attributes.y);
    expect(Number(test.attributes.x)).toBeGreaterThanOrEqual(Number(training.attributes.x) + Number(training.attributes.width));
  });

  it("shows the pixels themselves, ink dark on white", () => {
    const pixels = [0, 255, 100, 7, 8, 9];
    const samples: Picture[] = [{ index: 349, width: 3, height: 2, pixels: btoa(String.fromCharCode(...pixels)), label: 1 }];
    const svg = drawn(stampFacts([{ type: "samplesShown", set: "test", classes: ["no", "yes"], samples }]), "samples");
    expect(texts(svg)).toContain("test image 349: yes");
    const image = svg.find(({ name }) => name === "image")?.attributes ?? {};
    const [header, base64] = image.href.split(",");
    expect(header).toBe("data:image/png;base64");
    const png = decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    expect([png.width, png.height, png.channels, ...png.data]).toEqual([3, 2, 1, ...pixels.map((ink) => 255 - ink)]);
    expect(Number(image.width) / Number(image.height)).toBeCloseTo(1.5, 3);
  });

  it("says which picture has pixels that don't fit its size", () => {
    const samples: Picture[] = [{ index: 12, width: 2, height: 2, pixels: "AAAA" }];
    const events = stampFacts([{ type: "samplesShown", set: "train", samples }]);
    expect(() => drawn(events, "samples")).toThrow(/picture 12: 3 bytes of pixels for an image of 2 × 2/);
  });
});

describe("the predictions figure", () => {
  it("names true and predicted labels and marks the wrong ones, not by colour alone", () => {
    const svg = drawn(sampleRun(), "predictions");
    const words = texts(svg);
    expect(words.slice(0, 4)).toEqual([
      "Predictions of the trained model",
      "17 test images, 2 predicted wrongly (red frame and cross)",
      "test image 0",
      "true label 3, predicted label 3",
    ]);
    expect(words.filter((word) => word === "true 5").length).toBe(2);
    expect(words).toContain("predicted 0");
    expect(svg.filter(({ attributes }) => attributes.class === "wrong")).toHaveLength(2);
    expect(svg.filter(({ name }) => name === "image")).toHaveLength(17);
  });

  it("marks nothing where all is right or nothing is known", () => {
    const sample = { width: 1, height: 1, pixels: "AA==", predicted: 1, probabilities: [0.2, 0.8] };
    const samples = [
      { ...sample, index: 0, label: 1 },
      { ...sample, index: 1 },
    ];
    const svg = drawn(stampFacts([{ type: "samplesPredicted", set: "validation", samples }]), "predictions");
    expect(svg.filter(({ attributes }) => attributes.class === "wrong")).toEqual([]);
    expect(texts(svg)).toContain("2 validation images, all predicted rightly");
  });

  it("survives hostile class names, many classes and probabilities that are not numbers", () => {
    const classes = Array.from({ length: 100 }, (_, index) => `${HOSTILE}${index}${"x".repeat(200)}`);
    const probabilities = classes.map((_, index) => (index === 40 ? Number.NaN : index / 5000));
    const sample = { width: 1, height: 1, pixels: "AA==", label: 3, predicted: 99, probabilities };
    const events = stampFacts([
      {
        type: "samplesPredicted",
        set: "test",
        classes,
        samples: [
          { ...sample, index: 0 },
          { ...sample, index: 1 },
        ],
      },
    ]);
    const svg = drawn(events, "predictions");
    expect(new Set(svg.map(({ name }) => name))).toEqual(new Set(["svg", "title", "rect", "text", "image", "g", "circle", "path", "line"]));
    expect(texts(svg).filter((word) => word.startsWith(`<&">'</`))).not.toHaveLength(0);
    for (const { attributes } of svg) expect(Object.values(attributes).join(" ")).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("the learning rate's figure", () => {
  const runOf = (rates: readonly number[]): TrainingEvent[] =>
    stampFacts([
      ...rates.map((learningRate, index) => ({
        type: "epochCompleted" as const,
        epoch: index + 1,
        epochs: rates.length,
        cost: 1,
        learningRate,
        samplesPerSecond: 1,
        durationMs: 1,
      })),
      { type: "runCompleted", reason: "finished", epochs: rates.length, durationMs: 1 },
    ]);

  it("changes with a rate that does, and has one picture at the end of one that doesn't", () => {
    const changes = (rates: readonly number[]): boolean[] => {
      const figures = new RunFigures();
      return runOf(rates).map((event) => figures.take(event).includes("learningRate"));
    };
    expect(changes([0.1, 0.1, 0.1])).toEqual([false, false, false, true]);
    expect(changes([0.1, 0.05, 0.05])).toEqual([false, true, true, true]);
  });

  it("has an axis from zero", () => {
    const words = texts(drawn(runOf([0.1, 0.05]), "learningRate"));
    expect(words.slice(0, 2)).toEqual(["Learning rate vs. training iterations", "epoch 2 of 2, learning rate 0.05"]);
    expect(words).toEqual(expect.arrayContaining(["0.00", "0.10"]));
  });
});

describe("a narrow curve", () => {
  it("keeps everything within its width, and the legend clear of the subtitle", () => {
    const figures = new RunFigures();
    for (const event of sampleRun({ epochs: 500 })) figures.take(event);
    const svg = readXml(figures.draw("cost", 440));
    expect(svg[0].attributes).toMatchObject({ width: "440", viewBox: "0 0 440 500" });
    const words = svg.filter(({ name }) => name === "text");
    for (const { attributes, text } of words) {
      if (attributes.transform) continue;
      const size = Number(attributes["font-size"]);
      const reach = 0.58 * size * text.length * (attributes["text-anchor"] === "middle" ? 0.5 : 1);
      if (attributes["text-anchor"] !== "end") expect([text, Number(attributes.x) + reach < 446]).toEqual([text, true]);
    }
    const yOf = (text: string): number => Number(words.find((word) => word.text === text)?.attributes.y);
    expect(yOf("validation")).toBeGreaterThan(yOf("epoch 500 of 500, cost 0.007422") + 14);
  });
});

describe("the confusion matrix", () => {
  const matrixRun = (confusionMatrix: readonly (readonly number[])[], classes?: readonly string[]): TrainingEvent[] =>
    stampFacts([
      {
        type: "dataLoaded",
        sets: [{ name: "test", samples: 4, features: 2, outputs: 2, ...(classes && { classes }) }],
        model: { inputs: 2, layers: [], parameters: 0, loss: "", optimizer: "" },
      },
      { type: "runCompleted", reason: "finished", epochs: 1, durationMs: 1, train: { cost: 1 }, test: { cost: 1, confusionMatrix } },
    ]);

  it("counts true labels by row and predicted ones by column", () => {
    const matrix = [
      [5, 2],
      [0, 3],
    ];
    const svg = drawn(matrixRun(matrix, ["cat", "dog"]), "confusionMatrix");
    expect(texts(svg).slice(0, 2)).toEqual(["Confusion matrix", "10 test samples, 8 predicted rightly (80.0%)"]);
    const at = (text: string): [number, number] => {
      const { attributes } = svg.find((element) => element.text === text) ?? svg[0];
      return [Number(attributes.x), Number(attributes.y)];
    };
    expect(at("2")[0]).toBeGreaterThan(at("5")[0]);
    expect(at("2")[1]).toBe(at("5")[1]);
    expect(at("3")[0]).toBe(at("2")[0]);
    expect(texts(svg)).not.toContain("0");
  });

  it("says the names once a row and once a column", () => {
    const words = texts(
      drawn(
        matrixRun(
          [
            [1, 0],
            [0, 1],
          ],
          ["cat", "dog"],
        ),
        "confusionMatrix",
      ),
    );
    for (const name of ["cat", "dog"]) expect(words.filter((word) => word === name)).toHaveLength(2);
    expect(words).toEqual(expect.arrayContaining(["True label", "Predicted label"]));
  });

  it("stays in its page with a hundred classes of hostile names, and with none", () => {
    const classes = Array.from({ length: 100 }, (_, index) => `${HOSTILE}${index}`);
    const matrix = classes.map((_, actual) => classes.map((__, predicted) => (actual === predicted ? 10 ** 6 : 1)));
    const svg = drawn(matrixRun(matrix, classes), "confusionMatrix");
    expect(new Set(svg.map(({ name }) => name))).toEqual(new Set(["svg", "title", "rect", "text"]));
    for (const { attributes } of svg)
      if (/^[\d.]+$/.test(attributes.width ?? "")) expect(Number(attributes.x ?? 0) + Number(attributes.width)).toBeLessThanOrEqual(800);
    expect(texts(drawn(matrixRun([[2]]), "confusionMatrix"))).toContain("0");
  });

  it("is nothing where no set has one", () => {
    const figures = new RunFigures();
    const changed = sampleRun({ task: "regression" }).flatMap((event) => figures.take(event));
    expect(changed).not.toContain("confusionMatrix");
  });
});

describe("the worst mistakes", () => {
  it("stand in the order of their event, with true and predicted label and its probability", () => {
    const svg = drawn(sampleRun(), "mistakes");
    const words = texts(svg);
    expect(words.slice(2, 8)).toEqual(["true 1", "predicted 6", "with 95.3%", "true 0", "predicted 5", "with 93.7%"]);
    expect(svg.filter(({ name }) => name === "image")).toHaveLength(8);
  });

  it("are no figure where there are none", () => {
    const sample = { index: 0, width: 1, height: 1, pixels: "AA==", predicted: 0, probabilities: [1] };
    const [event] = stampFacts([{ type: "samplesPredicted", set: "test", samples: [sample], worstMistakes: [] }]);
    expect(new RunFigures().take(event)).toEqual(["predictions"]);
  });
});

describe("the weights figure", () => {
  it("draws zero white, negative weights orange and positive ones blue", () => {
    const pixels = btoa(String.fromCharCode(0, 127, 128, 255));
    const images: Picture[] = [{ index: 7, width: 4, height: 1, pixels }];
    const svg = drawn(stampFacts([{ type: "weightsShown", layer: "dense_1", images, limit: 0.034 }]), "weights");
    const [image] = svg.filter(({ name }) => name === "image");
    const png = decode(Uint8Array.from(atob(image.attributes.href.split(",")[1]), (character) => character.charCodeAt(0)));
    expect([...png.data]).toEqual([0xb4, 0x50, 0x0b, 255, 255, 255, 255, 255, 255, 0x24, 0x58, 0xc5]);
    expect(texts(svg)).toEqual(expect.arrayContaining(["What the units of dense_1 look for", "unit 7", "−0.034", "0", "+0.034"]));
  });
});

it("RunFigures refuses to draw what no event has brought", () => {
  const figures = new RunFigures();
  for (const name of ["cost", "accuracy", "learningRate", "samples", "predictions", "mistakes", "confusionMatrix", "weights"] as const)
    expect(() => figures.draw(name)).toThrow(/no event has brought/);
});

it("escapeXml keeps markup out of elements and attributes", () => {
  expect(escapeXml(`<&">'`)).toBe("&lt;&amp;&quot;&gt;&#39;");
  expect(escapeXml("a\u001b[31mb\u0000c\ud800\uffff")).toBe("ab c\ufffd\ufffd");
});
