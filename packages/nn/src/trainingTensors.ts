// All that the next training step depends on, as tensors and back: parameters, what layers keep, what the optimizer keeps.
import { Cell, type Matrix } from "@downhill/linalg";
import type { Tensor } from "./codecs/safetensors.ts";
import { NnError } from "./NnError.ts";
import type { Optimizer } from "./optimizers/Optimizer.ts";
import type { Sequential } from "./Sequential.ts";
import type { StateEntry } from "./State.ts";

/** Copies of the model's parameters and state, and of the optimizer's where one is given: matrices as f32 `[rows × columns]`, cells as f64 without a shape. */
export function trainingTensors(model: Sequential, optimizer?: Optimizer): Tensor[] {
  return entriesOf(model, optimizer).map(({ name, value }) =>
    value instanceof Cell
      ? { name, shape: [], data: Float64Array.of(value.value) }
      : { name, shape: [value.rows, value.columns], data: value.data.slice() },
  );
}

/**
 * Sets all that {@link trainingTensors} gives to the tensors of the same names. Throws an NnError, before any is set, unless
 * exactly these are there, in their shapes.
 */
export function loadTrainingTensors(model: Sequential, optimizer: Optimizer | undefined, tensors: readonly Tensor[]): void {
  const entries = entriesOf(model, optimizer);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const stray = tensors.find(({ name }) => !entries.some((entry) => entry.name === name));
  if (stray !== undefined)
    throw new NnError(`${stray.name} is among the tensors, but nothing in the model or its optimizer is called that`);
  const found = entries.map(({ name, value }) => ({ value, data: checked(name, value, byName.get(name)) }));
  for (const { value, data } of found) {
    if (value instanceof Cell) value.value = data[0];
    else value.data.set(data);
  }
}

function entriesOf(model: Sequential, optimizer: Optimizer | undefined): readonly StateEntry[] {
  return [...model.parameters, ...model.state, ...(optimizer?.state ?? [])];
}

function checked(name: string, value: Matrix | Cell, tensor: Tensor | undefined): Tensor["data"] {
  if (tensor === undefined) throw new NnError(`${name} is not among the tensors; they are of another model or optimizer`);
  const cell = value instanceof Cell;
  const shape = cell ? [] : [value.rows, value.columns];
  const double = tensor.data instanceof Float64Array;
  if (double === cell && tensor.shape.join() === shape.join()) return tensor.data;
  const found = `${tensor.shape.join(" × ") || "one number"} of ${double ? "f64" : "f32"}`;
  throw new NnError(`${name} is ${found} among the tensors; expected ${cell ? "one number of f64" : `${shape.join(" × ")} of f32`}`);
}
