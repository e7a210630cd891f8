// What every optimizer may do to the gradients before it takes them: weight decay and clipping.
import { blockNorms, type Cell, clipScale, type Matrix, NORM_BLOCK } from "@downhill/linalg";
import { NnError } from "../NnError.ts";
import type { Parameter } from "../Parameter.ts";

/** Weight decay and clipping, which all optimizers have. They act on all parameters, biases included, as in Keras and PyTorch. */
export interface GradientOptions {
  /** Decay λ, 0 by default: λ·w is added to the gradient, after clipping; in AdamW the weights shrink by η·λ beside the step. */
  readonly weightDecay?: number;
  /** The greatest Euclidean norm of all gradients together; above it they are all scaled down alike. None by default. */
  readonly clipNorm?: number;
  /** The greatest magnitude of an element of a gradient. None by default; not together with clipNorm. */
  readonly clipValue?: number;
}

/** The gradients of some parameters as a step takes them. */
export class GradientClip {
  /** What every gradient is multiplied by. */
  readonly scale: Cell | undefined;
  /** What every element is cut at. */
  readonly clip: number;
  readonly #norms: { readonly all: Matrix; readonly limit: number; readonly parts: readonly (readonly [Matrix, Matrix])[] } | undefined;

  /** Takes memory for the norms if there is one to keep. Throws an NnError on options out of range. */
  constructor(name: string, parameters: readonly Parameter[], { clipNorm, clipValue, weightDecay = 0 }: GradientOptions) {
    checkNumber(name, "weightDecay", weightDecay, weightDecay >= 0, "at least 0");
    checkNumber(name, "clipNorm", clipNorm ?? 1, (clipNorm ?? 1) > 0, "above 0");
    checkNumber(name, "clipValue", clipValue ?? 1, (clipValue ?? 1) > 0, "above 0");
    if (clipNorm !== undefined && clipValue !== undefined)
      throw new NnError(`${name}: both clipNorm and clipValue are given; give one of them`);
    this.clip = clipValue ?? Infinity;
    if (clipNorm === undefined) return;
    const { linalg } = parameters[0].value;
    this.scale = linalg.cell(1);
    const blocks = parameters.map(({ gradient }) => Math.ceil(gradient.size / NORM_BLOCK));
    const all = linalg.matrix(
      blocks.reduce((sum, count) => sum + count, 0),
      1,
    );
    let first = 0;
    const parts = parameters.map(({ gradient }, index) => {
      const part = all.block(first, 0, blocks[index], 1);
      first += blocks[index];
      return [gradient, part] as const;
    });
    this.#norms = { all, limit: clipNorm, parts };
  }

  /** Works out the scale of this step; kernels only. */
  measure(): void {
    if (this.#norms === undefined || this.scale === undefined) return;
    for (const [gradient, norms] of this.#norms.parts) blockNorms(gradient, norms);
    clipScale(this.#norms.all, this.#norms.limit, this.scale);
  }
}

/** Throws an NnError unless `value` is a finite number for which `holds`. */
export function checkNumber(name: string, option: string, value: number, holds: boolean, range: string): void {
  if (!holds || !Number.isFinite(value)) throw new NnError(`${name}: ${option} is ${value}; it must be a number ${range}`);
}
