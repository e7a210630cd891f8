// Losses against f64: the reference's gradient against finite differences of the reference's cost, then ours against both.
import { createLinalg, type Indices, type Linalg, type Matrix } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { beforeAll, describe, expect, it } from "vitest";
import {
  binaryCrossEntropy,
  binaryCrossEntropyOfValues,
  Dense,
  evaluate,
  huber,
  type Loss,
  lossFromConfig,
  losses,
  meanAbsoluteError,
  meanSquaredError,
  NnError,
  predict,
  ResidentSamples,
  Sequential,
  Sigmoid,
  Softmax,
  softmaxCrossEntropy,
  trainEpoch,
  Sgd,
  weightedCrossEntropy,
} from "../src/index.ts";
import { absolute, binary, crossEntropy, huber as huberReference, type LossReference, squared } from "./reference/losses.ts";

const SIZES = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17];
const weightOf = (index: number): number => 0.25 + (index % 3);

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

interface Case {
  readonly loss: (columns: number) => Loss;
  readonly reference: LossReference;
  /** Where the gradient jumps, as a distance of output and target. */
  readonly kinks?: readonly number[];
}
const CASES: Readonly<Record<string, Case>> = {
  softmaxCrossEntropy: { loss: () => softmaxCrossEntropy, reference: crossEntropy(0, () => 1) },
  "with label smoothing": { loss: () => weightedCrossEntropy({ labelSmoothing: 0.1 }), reference: crossEntropy(0.1, () => 1) },
  "with smoothing and class weights": {
    loss: (columns) => weightedCrossEntropy({ labelSmoothing: 0.2, classWeights: Array.from({ length: columns }, (_, j) => weightOf(j)) }),
    reference: crossEntropy(0.2, weightOf),
  },
  binaryCrossEntropy: { loss: () => binaryCrossEntropyOfValues, reference: binary },
  meanSquaredError: { loss: () => meanSquaredError, reference: squared },
  meanAbsoluteError: { loss: () => meanAbsoluteError, reference: absolute, kinks: [0] },
  huber: { loss: () => huber({ delta: 0.7 }), reference: huberReference(0.7) },
};

describe.each(Object.entries(CASES))("%s", (_name, { loss: make, reference, kinks = [] }) => {
  const stream = randomStream(5, "picks");
  const classes = make(3).targets === "classes";
  function draw(rows: number, columns: number): { outputs: number[][]; targets: number[][] } {
    const values = (count: number, scale: number): number[] =>
      Array.from({ length: count }, () => Math.fround((stream.uniform() - 0.5) * scale));
    return {
      outputs: Array.from({ length: rows }, () => values(columns, 6)),
      targets: Array.from({ length: rows }, () =>
        classes ? [Math.floor(stream.uniform() * columns)] : values(columns, 1).map((value) => Math.fround(value + 0.5)),
      ),
    };
  }

  it("the reference's gradient is that of its cost", () => {
    const h = 1e-5;
    for (const [rows, columns] of [
      [1, 1],
      [3, 4],
      [5, 3],
    ]) {
      const { outputs, targets } = draw(rows, columns);
      const gradient = reference.gradient(outputs, targets);
      outputs.forEach((row, i) =>
        row.forEach((held, j) => {
          if (kinks.some((kink) => Math.abs(held - targets[i][j] - kink) < 2 * h)) return;
          const [above, below] = [held + h, held - h].map((value) =>
            reference.cost(
              outputs.map((other, k) => (k === i ? other.with(j, value) : other)),
              targets,
            ),
          );
          expect(Math.abs((above - below) / (2 * h) - gradient[i][j])).toBeLessThan(1e-6);
        }),
      );
    }
  });

  it("losses and gradient are the reference's, at every shape", () => {
    for (const rows of SIZES) {
      for (const columns of SIZES.filter((size) => size > 0)) {
        using _scope = linalg.scope();
        const loss = make(columns);
        loss.prepare?.(linalg, columns);
        const { outputs, targets } = draw(rows, columns);
        const [gradient, found] = [linalg.matrix(rows, columns), linalg.matrix(rows, 1)];
        const wanted: Indices | Matrix = classes ? linalg.indices(rows, targets.flat()) : linalg.matrix(rows, columns, targets.flat());
        loss.evaluate(linalg.matrix(rows, columns, outputs.flat()), wanted, gradient, found);
        const expected = reference.gradient(outputs, targets).flat();
        const scale = Math.max(...expected.map(Math.abs), 1e-3);
        expected.forEach((slope, index) => expect(Math.abs(gradient.data[index] - slope) / scale).toBeLessThan(1e-4));
        outputs.forEach((row, i) => {
          const cost = reference.cost([row], [targets[i]]);
          expect(Math.abs(found.data[i] - cost)).toBeLessThan(1e-5 * Math.max(1, cost));
        });
      }
    }
  });
});

it("binaryCrossEntropy of two classes is that of the values 0 and 1", () => {
  const logits = linalg.matrix(5, 1, [-90, -0.5, 0, 2, 1000]);
  const answers = [0, 1, 1, 0, 0];
  const [a, b] = [0, 1].map(() => ({ gradient: linalg.matrix(5, 1), losses: linalg.matrix(5, 1) }));
  binaryCrossEntropy.evaluate(logits, linalg.indices(5, answers), a.gradient, a.losses);
  binaryCrossEntropyOfValues.evaluate(logits, linalg.matrix(5, 1, answers), b.gradient, b.losses);
  expect([...a.losses.data, ...a.gradient.data]).toEqual([...b.losses.data, ...b.gradient.data]);
  // However wrong the model is, the loss is finite: the logit itself.
  expect(a.losses.data[4]).toBe(1000);
});

it("known values", () => {
  // PyTorch: F.cross_entropy(torch.tensor([[2., 1., 0.]]), torch.tensor([0]), label_smoothing=0.3): by its formula
  // 0.8·(ln(e² + e + 1) − 2) + 0.1·(ln(…) − 1) + 0.1·ln(…). Python: l = math.log(math.e**2 + math.e + 1); l - 0.8 * 2 - 0.1
  const found = linalg.matrix(1, 1);
  const loss = weightedCrossEntropy({ labelSmoothing: 0.3 });
  loss.evaluate(linalg.matrix(1, 3, [2, 1, 0]), linalg.indices(1, [0]), linalg.matrix(1, 3), found);
  expect(found.data[0]).toBeCloseTo(0.7076059644443804, 6);
  // Python: -math.log(1 / (1 + math.exp(-0.3))) * 0.2 - math.log(1 - 1 / (1 + math.exp(-0.3))) * 0.8
  binaryCrossEntropyOfValues.evaluate(linalg.matrix(1, 1, [0.3]), linalg.matrix(1, 1, [0.2]), linalg.matrix(1, 1), found);
  expect(found.data[0]).toBeCloseTo(0.7943552444685243, 6);
});

describe("in a model", () => {
  const features = Float32Array.from({ length: 40 }, (_, index) => (index % 40) / 20 - 1);
  const two = { features, targets: Array.from(features, (x) => (x > 0.25 ? 1 : 0)), size: 40 };
  const model = (loss: Loss, layers = [new Dense({ units: 1 })]): Sequential =>
    new Sequential(linalg, { inputs: 1, layers, loss, batchSize: 40 });

  it("binaryCrossEntropy learns two classes by one output, and predicts the probabilities of both", async () => {
    const classifier = model(binaryCrossEntropy);
    const optimizer = new Sgd(classifier.parameters, { learningRate: 2, momentum: 0.9 });
    for (let epoch = 0; epoch < 200; epoch += 1) await trainEpoch(classifier, [two], optimizer);
    const { accuracy, rmse } = await evaluate(classifier, [two]);
    expect(accuracy).toBeGreaterThan(0.95);
    expect(rmse).toBeUndefined();
    const [no, yes, ...rest] = predict(classifier, [1], 1);
    expect(rest).toEqual([]);
    expect(yes).toBeGreaterThan(0.9);
    expect(no + yes).toBeCloseTo(1, 6);
    expect(classifier.predictions).toBe(2);
  });

  it("accuracy of labels is the share on the right side, the mean over the outputs", async () => {
    const labels = model(binaryCrossEntropyOfValues, [new Dense({ units: 2 })]);
    labels.parameters[0].value.data.set([1, 1]);
    const { accuracy } = await evaluate(labels, [{ features: [1, -1], targets: [1, 0, 0, 0.2], size: 2 }]);
    expect(accuracy).toBe(0.75);
    expect([...predict(labels, [0], 1)]).toEqual([0.5, 0.5]);
  });

  it("labels are from 0 to 1: others are refused, in memory or batch by batch", async () => {
    const labels = model(binaryCrossEntropyOfValues);
    for (const wrong of [-0.1, 1.5, Number.NaN]) {
      const batch = { features: Float32Array.of(1, 2), targets: [0.5, wrong], size: 2 };
      const message = `binaryCrossEntropy: a target is ${wrong}; all must be from 0 to 1`;
      expect(() => new ResidentSamples(linalg, batch, binaryCrossEntropyOfValues)).toThrow(message);
      await expect(evaluate(labels, [batch])).rejects.toThrow(message);
    }
  });

  it.each([meanSquaredError, meanAbsoluteError, huber()])("$name is measured by the root of the mean square error", async (loss) => {
    const line = model(loss);
    line.parameters[0].value.data.set([1]);
    const { rmse, cost } = await evaluate(line, [{ features: [0, 0], targets: [3, -4], size: 2 }]);
    expect(rmse).toBeCloseTo(Math.sqrt(12.5), 10);
    expect(cost).toBeCloseTo({ meanSquaredError: 12.5, meanAbsoluteError: 3.5, huber: 3 }[loss.name] as number, 6);
  });

  it("softmax at the end changes nothing but what is written", async () => {
    const run = async (layers: ConstructorParameters<typeof Sequential>[1]["layers"]): Promise<number[]> => {
      const classifier = new Sequential(linalg, { inputs: 1, layers, loss: softmaxCrossEntropy, batchSize: 40 });
      await trainEpoch(classifier, [two], new Sgd(classifier.parameters));
      return [...predict(classifier, [0.5], 1)];
    };
    const plain = await run([new Dense({ units: 2 })]);
    expect(await run([new Dense({ units: 2, activation: "softmax" })])).toEqual(plain);
    expect(await run([new Dense({ units: 2 }), new Softmax()])).toEqual(plain);
  });

  it.each<[string, Loss, ConstructorParameters<typeof Sequential>[1]["layers"]]>([
    [
      "dense_1: softmax is for the output of the last layer",
      softmaxCrossEntropy,
      [new Dense({ units: 2, activation: "softmax" }), new Dense({ units: 2 })],
    ],
    ["softmax_1: softmax goes with the loss softmaxCrossEntropy", meanSquaredError, [new Dense({ units: 2 }), new Softmax()]],
    ["dense_1: binaryCrossEntropy takes logits", binaryCrossEntropy, [new Dense({ units: 1, activation: "sigmoid" })]],
    ["sigmoid_1: binaryCrossEntropy takes logits", binaryCrossEntropyOfValues, [new Dense({ units: 1 }), new Sigmoid()]],
    ["binaryCrossEntropy: the model has 2 outputs", binaryCrossEntropy, [new Dense({ units: 2 })]],
    ["there are 3 classWeights but the model has 2 outputs", weightedCrossEntropy({ classWeights: [1, 2, 3] }), [new Dense({ units: 2 })]],
  ])("refused: %s", (message, loss, layers) => {
    expect(() => new Sequential(linalg, { inputs: 1, layers, loss, batchSize: 1 })).toThrow(message);
  });
});

it("configs name losses, with options or without", () => {
  expect(lossFromConfig("huber")).toBe(losses.huber);
  expect(lossFromConfig({ type: "meanAbsoluteError" })).toBe(meanAbsoluteError);
  expect(lossFromConfig({ type: "softmaxCrossEntropy" })).toBe(softmaxCrossEntropy);
  expect(lossFromConfig({ type: "binaryCrossEntropy", targets: "values" }).targets).toBe("values");
  expect(() => lossFromConfig({ type: "huber", delta: 0 })).toThrow(NnError);
  expect(() => lossFromConfig({ type: "softmaxCrossEntropy", labelSmoothing: 1 })).toThrow("labelSmoothing is 1");
  expect(() => lossFromConfig({ type: "softmaxCrossEntropy", classWeights: [1, -1] })).toThrow("classWeights[1] is -1");
});
