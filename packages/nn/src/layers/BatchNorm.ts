// Batch normalisation (Ioffe and Szegedy, 2015) over the last axis: each feature, or each channel of all pixels.
import { batchMoments, inverseDeviation, type Matrix, normalize, normalizeGradient } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Parameter } from "../Parameter.ts";
import { type Shape, sizeOf } from "../Shape.ts";
import type { StateEntry } from "../State.ts";
import type { Layer, LayerDescription, Mode, Site } from "./Layer.ts";

/** What a BatchNorm layer is made of. */
export interface BatchNormOptions {
  /** What is kept of the moving averages at each batch, from 0 to 1; 0.99 by default. */
  readonly momentum?: number;
  /** Added to the variance, 0.001 by default. */
  readonly epsilon?: number;
}

/** Brings each channel to mean 0 and variance 1 and scales it. Throws an NnError on a momentum or an ε that makes no sense. */
export class BatchNorm implements LayerDescription {
  readonly type = "batchNorm";
  readonly options: BatchNormOptions;

  constructor(options: BatchNormOptions = {}) {
    const { momentum = 0.99, epsilon = 1e-3 } = options;
    if (!(momentum >= 0 && momentum <= 1)) throw new NnError(`BatchNorm: momentum is ${momentum}; it must be from 0 to 1`);
    if (!(epsilon > 0 && Number.isFinite(epsilon))) throw new NnError(`BatchNorm: epsilon is ${epsilon}; it must be above 0`);
    this.options = options;
  }

  output(input: Shape): Shape {
    return input;
  }

  parameterCount(input: Shape): number {
    return 2 * channelsOf(input);
  }

  flops(input: Shape): number {
    return 4 * sizeOf(input);
  }

  build(site: Site): Layer {
    return new BuiltBatchNorm(this.options, site);
  }
}

function channelsOf(input: Shape): number {
  return input[input.length - 1];
}

class BuiltBatchNorm implements Layer {
  readonly parameters: readonly [gamma: Parameter, beta: Parameter];
  readonly state: readonly [mean: StateEntry & { value: Matrix }, variance: StateEntry & { value: Matrix }];
  readonly #options: Required<BatchNormOptions>;
  readonly #channels: number;
  readonly #output: Matrix;
  readonly #inputGradient: Matrix | undefined;
  /** Of the last training step's batch, and 1 / √(variance + ε) of what inference goes by. */
  readonly #mean: Matrix;
  readonly #inverse: Matrix;
  readonly #runningInverse: Matrix;
  #input: Matrix | undefined;

  constructor(options: BatchNormOptions, { linalg, name, input, batchSize, needsInputGradient }: Site) {
    const channels = channelsOf(input);
    const row = (value: number): Matrix => linalg.matrix(1, channels, new Array(channels).fill(value));
    const parameter = (role: string, value: number): Parameter => ({ name: `${name}/${role}`, value: row(value), gradient: row(0) });
    this.#options = { momentum: 0.99, epsilon: 1e-3, ...options };
    this.#channels = channels;
    this.parameters = [parameter("gamma", 1), parameter("beta", 0)];
    this.state = [
      { name: `${name}/mean`, value: row(0) },
      { name: `${name}/variance`, value: row(1) },
    ];
    [this.#mean, this.#inverse, this.#runningInverse] = [row(0), row(1), row(1)];
    this.#output = linalg.matrix(batchSize, sizeOf(input));
    if (needsInputGradient) this.#inputGradient = linalg.matrix(batchSize, sizeOf(input));
  }

  forward(input: Matrix, mode: Mode): Matrix {
    const [gamma, beta] = this.parameters.map(({ value }) => value);
    const [runningMean, runningVariance] = this.state.map(({ value }) => value);
    const output = this.#output.firstRows(input.rows);
    const [x, y] = [this.#byChannel(input), this.#byChannel(output)];
    this.#input = mode === "training" ? input : undefined;
    if (mode === "training") {
      const moments = { mean: this.#mean, inverse: this.#inverse };
      batchMoments(x, { ...moments, runningMean, runningVariance }, this.#options);
      normalize(x, { ...moments, gamma, beta }, y);
    } else {
      inverseDeviation(runningVariance, this.#runningInverse, this.#options.epsilon);
      normalize(x, { mean: runningMean, inverse: this.#runningInverse, gamma, beta }, y);
    }
    return output;
  }

  backward(outputGradient: Matrix): Matrix {
    const [gamma, beta] = this.parameters;
    const input = this.#input;
    if (input === undefined) throw new NnError(`${gamma.name}: backward was called before forward in training`);
    const inputGradient = this.#inputGradient?.firstRows(input.rows);
    const dx = inputGradient && this.#byChannel(inputGradient);
    const by = { mean: this.#mean, inverse: this.#inverse, gamma: gamma.value };
    normalizeGradient(this.#byChannel(input), this.#byChannel(outputGradient), by, { dgamma: gamma.gradient, dbeta: beta.gradient, dx });
    return inputGradient ?? outputGradient;
  }

  #byChannel(matrix: Matrix): Matrix {
    return matrix.reshaped(matrix.size / this.#channels, this.#channels);
  }
}
