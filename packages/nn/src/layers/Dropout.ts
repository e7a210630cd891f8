// Dropout (Srivastava et al., 2014), inverted: what is kept is divided by its share, so that inference has nothing to do.
import { type Cell, dropout, type Matrix, multiply } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import { type Shape, sizeOf } from "../Shape.ts";
import type { Layer, LayerDescription, Mode, Site } from "./Layer.ts";

/** What a Dropout layer is made of. */
export interface DropoutOptions {
  /** Share of the numbers that are set to 0, from 0 to less than 1. */
  readonly rate: number;
}

/** Sets numbers to 0 at random, in training only. Throws an NnError unless the rate is from 0 to less than 1. */
export class Dropout implements LayerDescription {
  readonly type = "dropout";
  readonly options: DropoutOptions;

  constructor(options: DropoutOptions) {
    const { rate } = options;
    if (!(rate >= 0 && rate < 1)) throw new NnError(`Dropout: rate is ${rate}; it must be from 0 to less than 1`);
    this.options = options;
  }

  output(input: Shape): Shape {
    return input;
  }

  parameterCount(): number {
    return 0;
  }

  /** Inference passes everything on. */
  flops(): number {
    return 0;
  }

  build(site: Site): Layer {
    return new BuiltDropout(this.options.rate, site);
  }
}

class BuiltDropout implements Layer {
  readonly parameters: readonly [] = [];
  readonly state: readonly { readonly name: string; readonly value: Cell }[];
  readonly #rate: number;
  readonly #key: readonly [number, number];
  /** The stream's position, which each training step moves on. */
  readonly #position: Cell;
  readonly #output: Matrix;
  /** 0 or 1 / (1 − rate), by the last training step. */
  readonly #factors: Matrix;
  #dropped = false;

  constructor(rate: number, { linalg, name, input, batchSize, dropout: stream }: Site) {
    this.#rate = rate;
    this.#key = stream.key;
    this.#position = linalg.cell(0);
    this.#output = linalg.matrix(batchSize, sizeOf(input));
    this.#factors = linalg.matrix(batchSize, sizeOf(input));
    this.state = [{ name: `${name}/position`, value: this.#position }];
  }

  forward(input: Matrix, mode: Mode): Matrix {
    this.#dropped = mode === "training" && this.#rate > 0;
    if (!this.#dropped) return input;
    const output = this.#output.firstRows(input.rows);
    const draws = { key: this.#key, position: this.#position, rate: this.#rate };
    dropout(input, output, this.#factors.firstRows(input.rows), draws);
    return output;
  }

  backward(outputGradient: Matrix): Matrix {
    if (this.#dropped) multiply(outputGradient, this.#factors.firstRows(outputGradient.rows), outputGradient);
    return outputGradient;
  }
}
