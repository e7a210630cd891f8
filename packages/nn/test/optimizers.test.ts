// Every optimizer, with its combinations of options, against an f64 reference over 100 steps.
import { createLinalg, type Linalg } from "@downhill/linalg";
import { randomStream } from "@downhill/random";
import { beforeAll, describe, expect, it } from "vitest";
import { Adam, AdamW, NnError, type Optimizer, optimizerFromConfig, type Parameter, RmsProp, Sgd } from "../src/index.ts";
import { adam, rmsProp, sgd, type Step } from "./reference/descent.ts";

let linalg: Linalg;
beforeAll(async () => {
  linalg = await createLinalg({ threads: 1 });
});

/** Parameters of more than one block of the norm, and at the edges of a vector. */
const SHAPES: readonly (readonly [number, number])[] = [
  [33, 40],
  [1, 1],
  [3, 3],
  [1, 17],
];

function parametersOf(): Parameter[] {
  const stream = randomStream(7, "init");
  return SHAPES.map(([rows, columns], index) => {
    const values = Float32Array.from({ length: rows * columns }, () => 2 * stream.uniform() - 1);
    return { name: `p${index}`, value: linalg.matrix(rows, columns, values), gradient: linalg.matrix(rows, columns) };
  });
}

/** The greatest error after 100 steps on the same gradients, relative to the greatest weight. */
function errorOf(make: (parameters: Parameter[]) => Optimizer, step: Step): number {
  using _scope = linalg.scope();
  const parameters = parametersOf();
  const optimizer = make(parameters);
  const expected = parameters.map(({ value }) => [...value.data]);
  const stream = randomStream(8, "picks");
  for (let t = 1; t <= 100; t += 1) {
    const gradients = parameters.map(({ gradient }) => {
      gradient.data.set(Float32Array.from({ length: gradient.size }, () => 4 * stream.uniform() - 1.8));
      return [...gradient.data];
    });
    optimizer.step();
    step(expected, gradients);
  }
  const scale = Math.max(...expected.flat().map(Math.abs));
  return Math.max(...parameters.flatMap(({ value }, p) => [...value.data].map((w, i) => Math.abs(w - expected[p][i])))) / scale;
}

const USES = {
  plain: {},
  "weight decay": { weightDecay: 0.1 },
  clipNorm: { clipNorm: 1.5 },
  "clipNorm above the norm": { clipNorm: 1e6 },
  clipValue: { clipValue: 0.5 },
  "weight decay and clipNorm": { weightDecay: 0.05, clipNorm: 10 },
  "weight decay and clipValue": { weightDecay: 0.05, clipValue: 1 },
};
const learningRate = 0.01;

describe.each(Object.entries(USES))("with %s", (_name, use) => {
  it.each([
    ["Sgd", { learningRate, ...use }],
    ["Sgd with momentum", { learningRate, momentum: 0.9, ...use }],
    ["Sgd with Nesterov's momentum", { learningRate, momentum: 0.9, nesterov: true, ...use }],
  ])("%s", (_kind, options) => {
    expect(errorOf((parameters) => new Sgd(parameters, options), sgd(options))).toBeLessThan(1e-5);
  });

  it("RmsProp", () => {
    const options = { learningRate, ...use };
    expect(errorOf((parameters) => new RmsProp(parameters, options), rmsProp(options))).toBeLessThan(1e-5);
  });

  it("Adam and AdamW", () => {
    const options = { learningRate, ...use };
    expect(errorOf((parameters) => new Adam(parameters, options), adam(options))).toBeLessThan(1e-5);
    expect(errorOf((parameters) => new AdamW(parameters, options), adam(options, true))).toBeLessThan(1e-5);
  });
});

it("a reference with another option would be told apart", () => {
  expect(errorOf((parameters) => new Sgd(parameters, { momentum: 0.9 }), sgd({ momentum: 0.9, nesterov: true }))).toBeGreaterThan(1e-4);
  expect(errorOf((parameters) => new AdamW(parameters, { learningRate }), adam({ learningRate, weightDecay: 0.01 }))).toBeGreaterThan(1e-4);
});

it("the state is all that the next step depends on", () => {
  const configs = [
    { type: "sgd", momentum: 0.9, clipNorm: 1 },
    { type: "rmsProp" },
    { type: "adam", weightDecay: 0.1 },
    { type: "adamW", clipValue: 0.1 },
  ] as const;
  for (const config of configs) {
    using _scope = linalg.scope();
    const [here, there] = [0, 1].map(() => {
      const parameters = parametersOf();
      return { parameters, optimizer: optimizerFromConfig(parameters, config) };
    });
    const set = ({ parameters }: typeof here, seed: number): void =>
      parameters.forEach(({ gradient }, p) => {
        const stream = randomStream(seed + p, "picks");
        gradient.data.forEach((_, index, all) => (all[index] = stream.uniform() - 0.3));
      });
    for (const seed of [10, 20]) {
      set(here, seed);
      here.optimizer.step();
    }
    there.parameters.forEach(({ value }, p) => value.data.set(here.parameters[p].value.data));
    there.optimizer.state.forEach(({ name, value }, index) => {
      const { name: same, value: held } = here.optimizer.state[index];
      expect(name).toBe(same);
      if ("data" in value && "data" in held) value.data.set(held.data);
      else if (!("data" in value) && !("data" in held)) value.value = held.value;
    });
    expect(new Set(here.optimizer.state.map(({ name }) => name)).size).toBe(here.optimizer.state.length);
    for (const one of [here, there]) {
      set(one, 30);
      one.optimizer.step();
    }
    expect(there.parameters.flatMap(({ value }) => [...value.data])).toEqual(here.parameters.flatMap(({ value }) => [...value.data]));
  }
});

it("configs name optimizers, and the learning rate can be changed", () => {
  const parameters = parametersOf();
  for (const type of ["sgd", "rmsProp", "adam", "adamW"] as const) {
    const optimizer = optimizerFromConfig(parameters, { type, learningRate: 0.5, schedule: { type: "constant" } });
    expect([optimizer.name, optimizer.learningRate]).toEqual([type, 0.5]);
    optimizer.learningRate = 0;
    const before = [...parameters[0].value.data];
    parameters[0].gradient.data.fill(1);
    optimizer.step();
    expect([...parameters[0].value.data]).toEqual(before);
  }
});

it.each<[string, (parameters: Parameter[]) => Optimizer]>([
  ["sgd: momentum is 1; it must be a number from 0 to below 1", (parameters) => new Sgd(parameters, { momentum: 1 })],
  ["sgd: nesterov looks ahead by the momentum", (parameters) => new Sgd(parameters, { nesterov: true })],
  ["sgd: both clipNorm and clipValue are given", (parameters) => new Sgd(parameters, { clipNorm: 1, clipValue: 1 })],
  ["rmsProp: rho is NaN", (parameters) => new RmsProp(parameters, { rho: Number.NaN })],
  ["adam: clipNorm is 0; it must be a number above 0", (parameters) => new Adam(parameters, { clipNorm: 0 })],
  ["adamW: weightDecay is -1; it must be a number at least 0", (parameters) => new AdamW(parameters, { weightDecay: -1 })],
  ["adamW: beta2 is 1", (parameters) => new AdamW(parameters, { beta2: 1 })],
])("refused: %s", (message, make) => {
  expect(() => make(parametersOf())).toThrow(message);
  expect(() => make(parametersOf())).toThrow(NnError);
});
