// A made-up run with every type of event, close to a real one in its numbers: for tests, documentation and trying out a sink.
import type {
  EpochCompleted,
  FinalResult,
  PredictedPicture,
  Result,
  RunCompleted,
  RunEnd,
  SampleSet,
  TrainingEvent,
  TrainingFact,
} from "../contract/TrainingEvent.ts";
import { sampleDigit } from "./sampleDigit.ts";
import { sampleWeights } from "./sampleWeights.ts";

// Costs and accuracies at each tenth of the epochs and at the end, as the reference experiment has them.
const TRAINING = {
  cost: [2.3055, 0.3091, 0.1079, 0.054, 0.0322, 0.0219, 0.0162, 0.0126, 0.0103, 0.0086, 0.0074],
  accuracy: [0.098, 0.921, 0.973, 0.989, 0.996, 0.999, 1, 1, 1, 1, 1],
} as const;
const VALIDATION = {
  cost: [2.31, 0.52, 0.43, 0.41, 0.41, 0.42, 0.43, 0.44, 0.45, 0.455, 0.46],
  accuracy: [0.09, 0.842, 0.866, 0.872, 0.872, 0.87, 0.869, 0.869, 0.868, 0.868, 0.868],
} as const;

const ENVIRONMENT = { downhill: "0.1.0", node: "24.21.0", machine: "x64, 2 threads", compute: "128 bits at a time" };

const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** What kind of run to make up. */
export interface SampleRunSettings {
  /** The run's id. */
  readonly run?: string;
  readonly epochs?: number;
  readonly validation?: boolean;
  /** A regression has `rmse` instead of accuracies, and no images. */
  readonly task?: "classification" | "regression";
  /** Every end but "finished" comes halfway; a diverged run's last cost is NaN. */
  readonly end?: RunEnd;
}

/** Makes up a run: runStarted first, runCompleted last, a failing sink and a warning on the way. */
export function sampleRun(settings: SampleRunSettings = {}): TrainingEvent[] {
  const { run = "sample", epochs = 20, validation = true, task = "classification", end = "finished" } = settings;
  const images = task === "classification";
  const done = end === "finished" ? epochs : Math.floor(epochs / 2);
  const facts: TrainingFact[] = [
    {
      type: "runStarted",
      name: "reference",
      epochs,
      config: { seed: 0, epochs, optimizer: { type: "sgd", learningRate: 0.002 } },
      environment: ENVIRONMENT,
    },
    { type: "warningRaised", message: images ? "784 columns are shown as images of 28 × 28" : "column 4 holds one value only" },
    { type: "dataLoaded", ...(images ? classificationData(validation) : regressionData(validation)) },
  ];
  if (images) {
    facts.push({
      type: "samplesShown",
      set: "train",
      classes: CLASSES,
      samples: digits(9).map((label, index) => sampleDigit(17 * index, label)),
    });
    facts.push({
      type: "samplesShown",
      set: "test",
      classes: CLASSES,
      samples: digits(9).map((label, index) => sampleDigit(5 * index, label)),
    });
  }
  for (let epoch = 1; epoch <= done; epoch += 1) {
    const diverges = end === "diverged" && epoch === done;
    if (epoch === 1) facts.push({ type: "batchCompleted", epoch, batch: 1, batches: 1, cost: TRAINING.cost[0] });
    facts.push(epochCompleted(epoch, epochs, images, validation, diverges));
    if (epoch === 2) facts.push({ type: "sinkFailed", sink: "tracker", message: "connect ECONNREFUSED 127.0.0.1:5000" });
  }
  if (end === "finished") facts.push({ type: "checkpointSaved", path: `checkpoints/${epochs}-0.safetensors`, epoch: epochs, batch: 0 });
  if (end === "finished" && images) {
    const samples = predictions(17);
    const worstMistakes = predictions(60)
      .filter(({ label, predicted }) => label !== predicted)
      .toSorted((one, other) => Math.max(...other.probabilities) - Math.max(...one.probabilities));
    facts.push({ type: "samplesPredicted", set: "test", classes: CLASSES, samples, worstMistakes }, sampleWeights());
  }
  facts.push(runCompleted(end, done, images, validation));
  return stampFacts(facts, run);
}

/** Stamps `facts` as events of one run, a second apart. */
export function stampFacts(facts: readonly TrainingFact[], run = "sample"): TrainingEvent[] {
  return facts.map((fact, sequence) => {
    const at = new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString();
    return { version: 1, run, sequence, at, ...fact };
  });
}

function classificationData(validation: boolean): Pick<Extract<TrainingFact, { type: "dataLoaded" }>, "sets" | "model"> {
  return {
    sets: sets(validation, { features: 784, outputs: 10, classes: CLASSES }),
    model: {
      inputs: 784,
      layers: [
        { name: "dense_1", type: "dense + relu", units: 1000, parameters: 785_000 },
        { name: "dense_2", type: "dense", units: 10, parameters: 10_010 },
      ],
      parameters: 795_010,
      loss: "softmaxCrossEntropy",
      optimizer: "sgd",
    },
  };
}

function regressionData(validation: boolean): Pick<Extract<TrainingFact, { type: "dataLoaded" }>, "sets" | "model"> {
  return {
    sets: sets(validation, { features: 8, outputs: 1 }),
    model: {
      inputs: 8,
      layers: [{ name: "dense_1", type: "dense", units: 1, parameters: 9 }],
      parameters: 9,
      loss: "meanSquaredError",
      optimizer: "adam",
    },
  };
}

function sets(validation: boolean, shape: Pick<SampleSet, "features" | "outputs" | "classes">): SampleSet[] {
  const all = [
    { name: "train", samples: 1000, ...shape },
    { name: "validation", samples: 200, ...shape },
    { name: "test", samples: 350, ...shape },
  ] as const;
  return all.filter(({ name }) => validation || name !== "validation");
}

function epochCompleted(epoch: number, epochs: number, images: boolean, validation: boolean, diverges: boolean): EpochCompleted {
  const tenths = (10 * (epoch - 1)) / epochs;
  return {
    type: "epochCompleted",
    epoch,
    epochs,
    ...(diverges ? { cost: Number.NaN } : result(between(TRAINING.cost, tenths), between(TRAINING.accuracy, tenths), images)),
    ...(validation ? { validation: result(between(VALIDATION.cost, tenths), between(VALIDATION.accuracy, tenths), images) } : {}),
    learningRate: 0.002,
    samplesPerSecond: 41_200,
    durationMs: 24.3,
  };
}

function runCompleted(reason: RunEnd, epochs: number, images: boolean, validation: boolean): RunCompleted {
  const ended: RunCompleted = { type: "runCompleted", reason, epochs, durationMs: 24.3 * epochs };
  if (reason === "diverged") return { ...ended, message: `the cost of epoch ${epochs} is NaN; a smaller learning rate may help` };
  if (reason === "failed") return { ...ended, message: "train_X.csv:12:3: expected a number" };
  if (reason === "aborted") return ended;
  const test: FinalResult = { ...result(0.4548, 0.8686, images), ...(images && { confusionMatrix: confusionMatrix() }) };
  const results = { train: result(0.0074, 1, images), test };
  return { ...ended, ...results, ...(validation ? { validation: result(0.46, 0.868, images) } : {}), weightsSha256: "5f".repeat(32) };
}

function result(cost: number, accuracy: number, images: boolean): Result {
  return images ? { cost, accuracy } : { cost, rmse: Math.sqrt(cost) };
}

// Geometric between two values, for a cost falls by factors.
function between(values: readonly number[], place: number): number {
  const [low, high] = [values[Math.floor(place)], values[Math.ceil(place)]];
  return low * (high / low) ** (place % 1);
}

function digits(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (3 + 7 * index) % 10);
}

// 35 test samples a class, of which a few are taken for others: 304 of 350 rightly, as the accuracy says.
function confusionMatrix(): number[][] {
  return CLASSES.map((_, actual) => {
    const row = CLASSES.map((__, predicted) =>
      (actual * 3 + predicted * 7) % 11 < 2 && predicted !== actual ? 1 + ((actual + predicted) % 4) : 0,
    );
    row[actual] = 35 - row.reduce((sum, count) => sum + count, 0);
    return row;
  });
}

// Every seventh prediction is wrong, but not the first.
function predictions(count: number): PredictedPicture[] {
  return digits(count).map((label, place) => {
    const predicted = place % 7 === 6 ? (label + 5) % 10 : label;
    const sure = 0.82 + ((place * 5) % 9) / 60;
    const probabilities = CLASSES.map((_, index) => (index === predicted ? sure : (1 - sure) / 9));
    return { ...sampleDigit(5 * place, label), predicted, probabilities };
  });
}
