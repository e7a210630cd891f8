// The published JSON Schema against the types, field by field, and against events, by ajv.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import schema from "../schema/events.schema.json" with { type: "json" };
import type {
  EventStamp,
  FinalResult,
  LayerSummary,
  ModelSummary,
  Picture,
  PredictedPicture,
  Result,
  SampleSet,
  TrainingFact,
} from "../src/index.ts";
import { toLine } from "../src/json/index.ts";
import { sampleRun, stampFacts } from "../src/testing/index.ts";

// Which fields a type has, and whether they may be missing. A table of this type that names another field, or misses one, doesn't compile.
type Fields<Value> = { readonly [Name in keyof Value]-?: object extends Pick<Value, Name> ? "optional" : "required" };

const STAMP: Fields<EventStamp> = { version: "required", run: "required", sequence: "required", at: "required" };

const RESULT: Fields<Result> = { cost: "required", accuracy: "optional", rmse: "optional" };

const PICTURE: Fields<Picture> = { index: "required", width: "required", height: "required", pixels: "required", label: "optional" };

const FACTS: { readonly [Type in TrainingFact["type"]]: Fields<Extract<TrainingFact, { type: Type }>> } = {
  runStarted: { type: "required", name: "required", config: "required", epochs: "required", environment: "optional" },
  dataLoaded: { type: "required", sets: "required", model: "required" },
  samplesShown: { type: "required", set: "required", classes: "optional", samples: "required" },
  batchCompleted: { type: "required", epoch: "required", batch: "required", batches: "required", cost: "required" },
  epochCompleted: {
    ...RESULT,
    type: "required",
    epoch: "required",
    epochs: "required",
    validation: "optional",
    learningRate: "required",
    gradientNorms: "optional",
    samplesPerSecond: "required",
    durationMs: "required",
  },
  samplesPredicted: {
    type: "required",
    epoch: "optional",
    set: "required",
    classes: "optional",
    samples: "required",
    worstMistakes: "optional",
  },
  weightsShown: { type: "required", epoch: "optional", layer: "required", images: "required", limit: "required" },
  checkpointSaved: { type: "required", path: "required", epoch: "required", batch: "required" },
  warningRaised: { type: "required", message: "required" },
  sinkFailed: { type: "required", sink: "required", message: "required" },
  runCompleted: {
    type: "required",
    reason: "required",
    message: "optional",
    epochs: "required",
    train: "optional",
    validation: "optional",
    test: "optional",
    weightsSha256: "optional",
    durationMs: "required",
  },
};

const PARTS = {
  sampleSet: {
    name: "required",
    samples: "required",
    features: "required",
    outputs: "required",
    classes: "optional",
  } satisfies Fields<SampleSet>,
  modelSummary: {
    inputs: "required",
    layers: "required",
    parameters: "required",
    loss: "required",
    optimizer: "required",
    input: "optional",
    flops: "optional",
  } satisfies Fields<ModelSummary>,
  layerSummary: {
    name: "required",
    type: "required",
    units: "required",
    parameters: "required",
    output: "optional",
    flops: "optional",
  } satisfies Fields<LayerSummary>,
  result: RESULT,
  finalResult: { ...RESULT, confusionMatrix: "optional" } satisfies Fields<FinalResult>,
  picture: PICTURE,
  predictedPicture: { ...PICTURE, predicted: "required", probabilities: "required" } satisfies Fields<PredictedPicture>,
};

interface ObjectSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

const definitions = schema.$defs as Readonly<Record<string, ObjectSchema>>;

function fieldsOf({ required = [], properties = {} }: ObjectSchema): Record<string, string> {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, required.includes(name) ? "required" : "optional"]));
}

// As published, but what the schema doesn't name is an error: here a field that a type has and the schema lacks must show.
function closedValidator(): ValidateFunction {
  const closed = structuredClone(schema) as { $defs: Record<string, object>; unevaluatedProperties?: boolean };
  closed.unevaluatedProperties = false;
  for (const part of Object.keys(PARTS)) Object.assign(closed.$defs[part], { additionalProperties: false });
  return new Ajv2020({ strictTypes: false, strictRequired: true }).compile(closed);
}

const validate = closedValidator();

function problems(event: unknown): unknown {
  return validate(event) ? undefined : validate.errors;
}

describe("the schema of the events", () => {
  it("has the types of the contract, each with its fields", () => {
    expect(schema.oneOf.map(({ $ref }) => $ref)).toEqual(Object.keys(FACTS).map((type) => `#/$defs/${type}`));
    for (const [type, fields] of Object.entries(FACTS)) {
      expect([type, fieldsOf(definitions[type])]).toEqual([type, fields]);
      expect(definitions[type].properties?.["type"]).toEqual({ const: type });
    }
    for (const [part, fields] of Object.entries(PARTS)) expect([part, fieldsOf(definitions[part])]).toEqual([part, fields]);
    expect(fieldsOf(schema)).toEqual({ ...STAMP, type: "required" });
  });

  it.each([
    ["a finished run", sampleRun()],
    ["a regression", sampleRun({ task: "regression" })],
    ["a run without validation", sampleRun({ validation: false })],
    ["a run that diverged", sampleRun({ end: "diverged" })],
    ["a run that was aborted at once", sampleRun({ end: "aborted", epochs: 1 })],
    ["a run that failed", sampleRun({ end: "failed" })],
  ])("takes every line of %s", (_, events) => {
    for (const event of events) expect([event.type, problems(JSON.parse(toLine(event)))]).toEqual([event.type, undefined]);
  });

  it("takes numbers that are not finite as the strings that files hold, and no other string", () => {
    const [event] = stampFacts([
      {
        type: "epochCompleted",
        epoch: 1,
        epochs: 2,
        cost: Number.NaN,
        learningRate: 1,
        samplesPerSecond: Number.POSITIVE_INFINITY,
        durationMs: 0,
      },
    ]);
    const line = JSON.parse(toLine(event)) as Record<string, unknown>;
    expect(problems(line)).toBeUndefined();
    expect(problems({ ...line, cost: "none" })).toBeDefined();
  });

  it.each([
    ["a type that it doesn't know", { type: "moonRisen" }],
    ["a missing field", { name: undefined }],
    ["a field too many", { phase: 1 }],
    ["another version", { version: 2 }],
    ["a number for a name", { name: 5 }],
    ["a local time", { at: "2026-01-01T00:00:00+01:00" }],
  ])("refuses %s", (_, change) => {
    const [first] = sampleRun();
    expect(problems(JSON.parse(JSON.stringify({ ...first, ...change })))).toBeDefined();
  });

  it("lets its reader pass fields of a later version", () => {
    const open = new Ajv2020({ strictTypes: false }).compile(schema);
    for (const event of sampleRun()) expect(open({ ...JSON.parse(toLine(event)), later: true })).toBe(true);
  });
});
