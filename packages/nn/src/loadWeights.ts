// Weights from elsewhere, by name: a model that begins where another one has ended, whole or in part.
import { Matrix } from "@downhill/linalg";
import type { Tensor } from "./codecs/safetensors.ts";
import { NnError } from "./NnError.ts";
import type { Sequential } from "./Sequential.ts";
import { shapeText } from "./Shape.ts";

/** Which of a model's weights are set. */
export interface WeightsOptions {
  /** Layers by name, such as `dense_1`; all of them by default. */
  readonly layers?: readonly string[];
  /** Lets weights that are not among the tensors stay as they are; false by default. */
  readonly partial?: boolean;
}

/** What became of the weights and the tensors, by their names. */
export interface LoadedWeights {
  readonly set: readonly string[];
  /** Of the model, as they were before. */
  readonly kept: readonly string[];
  /** Of the tensors. */
  readonly unused: readonly string[];
}

interface Weight {
  readonly name: string;
  readonly value: Matrix;
}

/**
 * Sets parameters, and averages that layers keep, to the tensors of the same names; f64 are rounded. A tensor fits `[rows × columns]` if it has as many numbers and ends in as many columns:
 * `[3, 3, 8, 16]` is `[72 × 16]`, `[16]` is `[1 × 16]`. Throws an NnError, before any is set, for a tensor that doesn't fit or, unless `partial`, is not there, and if none is.
 */
export function loadWeights(
  model: Sequential,
  tensors: readonly Tensor[],
  { layers, partial = false }: WeightsOptions = {},
): LoadedWeights {
  const all = [...model.parameters, ...model.state].filter((entry): entry is Weight => entry.value instanceof Matrix);
  checkLayers(layers, all);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const wanted = all.filter(({ name }) => layers === undefined || layers.includes(layerOf(name)));
  const missing = wanted.find(({ name }) => !byName.has(name));
  if (missing !== undefined && !partial)
    throw new NnError(
      `${missing.name} is not among the tensors (${listed(tensors)}); name the layers that are, or allow a part with "partial"`,
    );
  const found = wanted.flatMap(({ name, value }) => {
    const tensor = byName.get(name);
    return tensor === undefined ? [] : [{ name, value, data: fitting(tensor, value) }];
  });
  if (found.length === 0)
    throw new NnError(`none of the tensors (${listed(tensors)}) is called as the model's weights (${listed(wanted)})`);
  for (const { value, data } of found) value.data.set(data);
  const set = found.map(({ name }) => name);
  return {
    set,
    kept: all.map(({ name }) => name).filter((name) => !set.includes(name)),
    unused: [...byName.keys()].filter((name) => !set.includes(name)),
  };
}

function checkLayers(layers: readonly string[] | undefined, weights: readonly Weight[]): void {
  const names = [...new Set(weights.map(({ name }) => layerOf(name)))];
  const stray = layers?.find((layer) => !names.includes(layer));
  if (stray !== undefined)
    throw new NnError(`the model has no layer ${JSON.stringify(stray)} with weights; those that have some are ${names.join(", ")}`);
}

function fitting({ name, shape, data }: Tensor, { rows, columns }: Matrix): Tensor["data"] {
  if (data.length === rows * columns && shape[shape.length - 1] === columns) return data;
  throw new NnError(`${name} is ${shapeText(shape) || "one number"} among the tensors; the model has ${shapeText([rows, columns])}`);
}

function layerOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}

const LISTED = 6;

function listed(named: readonly { readonly name: string }[]): string {
  const more = named.length > LISTED ? ` and ${named.length - LISTED} more` : "";
  return `${
    named
      .slice(0, LISTED)
      .map(({ name }) => name)
      .join(", ") || "none"
  }${more}`;
}
