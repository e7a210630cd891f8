// The fully connected layer: Y = f(X·W + b), W [inputs × units], b [1 × units].
import { addRow, gemm, type Matrix, sumRows } from "@downhill/linalg";
import type { Activation } from "../activations/Activation.ts";
import { type ActivationConfig, activationFromConfig, activationName } from "../activations/activations.ts";
import type { Initializer } from "../initializers/Initializer.ts";
import { he } from "../initializers/he.ts";
import { NnError } from "../NnError.ts";
import type { Parameter } from "../Parameter.ts";
import { type Shape, sizeOf } from "../Shape.ts";
import type { StateEntry } from "../State.ts";
import type { Layer, LayerDescription, Site } from "./Layer.ts";

/** What a Dense layer is made of. */
export interface DenseOptions {
  /** Width of the output, at least 1. */
  readonly units: number;
  /** Applied to X·W + b; none by default. */
  readonly activation?: ActivationConfig;
  /** Initial weights, {@link he} by default; biases start at 0. */
  readonly init?: Initializer;
}

/** A fully connected layer. Throws an NnError unless `units` is a whole number of at least 1. */
export class Dense implements LayerDescription {
  readonly type = "dense";
  readonly options: DenseOptions;

  constructor(options: DenseOptions) {
    if (!Number.isSafeInteger(options.units) || options.units < 1) {
      throw new NnError(`Dense: units is ${options.units}; it must be a whole number of at least 1`);
    }
    this.options = options;
  }

  get activation(): string | undefined {
    return this.options.activation && activationName(this.options.activation);
  }

  output(): Shape {
    return [this.options.units];
  }

  parameterCount(input: Shape): number {
    return (sizeOf(input) + 1) * this.options.units;
  }

  flops(input: Shape): number {
    return (2 * sizeOf(input) + 1 + (this.options.activation === undefined ? 0 : 1)) * this.options.units;
  }

  build(site: Site): Layer {
    return new BuiltDense(this.options, site);
  }
}

class BuiltDense implements Layer {
  readonly parameters: readonly [weights: Parameter, biases: Parameter];
  readonly state: readonly StateEntry[] = [];
  readonly #activation: Activation | undefined;
  readonly #output: Matrix;
  /** X·W + b; in the output's memory unless the activation's gradient needs it. */
  readonly #sums: Matrix;
  readonly #inputGradient: Matrix | undefined;
  #input: Matrix | undefined;

  constructor(options: DenseOptions, site: Site) {
    const { linalg, name, batchSize } = site;
    const inputs = sizeOf(site.input);
    const { units, activation, init = he() } = options;
    const parameter = (role: string, rows: number): Parameter => ({
      name: `${name}/${role}`,
      value: linalg.matrix(rows, units),
      gradient: linalg.matrix(rows, units),
    });
    this.parameters = [parameter("weights", inputs), parameter("biases", 1)];
    init(this.parameters[0].value, site.stream);
    this.#activation = activation && activationFromConfig(activation);
    this.#output = linalg.matrix(batchSize, units);
    this.#sums = this.#activation?.gradientFrom === "input" ? linalg.matrix(batchSize, units) : this.#output;
    if (site.needsInputGradient) this.#inputGradient = linalg.matrix(batchSize, inputs);
  }

  forward(input: Matrix): Matrix {
    const [weights, biases] = this.parameters;
    const output = this.#output.firstRows(input.rows);
    const sums = this.#sums.firstRows(input.rows);
    gemm(input, weights.value, sums);
    addRow(biases.value, sums);
    this.#activation?.forward(sums, output);
    this.#input = input;
    return output;
  }

  // With Z = X·W + b: dZ = dY · f′, dW = Xᵀ·dZ, db = Σᵢ dZ[i, :], dX = dZ·Wᵀ.
  backward(outputGradient: Matrix): Matrix {
    const input = this.#input;
    if (input === undefined) throw new NnError(`${this.parameters[0].name}: backward was called before forward`);
    const [weights, biases] = this.parameters;
    this.#activation?.backward(this.#sums.firstRows(input.rows), outputGradient, outputGradient);
    gemm(input, outputGradient, weights.gradient, { transposeA: true });
    sumRows(outputGradient, biases.gradient);
    if (this.#inputGradient === undefined) return outputGradient;
    const inputGradient = this.#inputGradient.firstRows(input.rows);
    gemm(outputGradient, weights.value, inputGradient, { transposeB: true });
    return inputGradient;
  }
}
