// A model as named tensors and back: its parameters, and the matrices that training keeps besides them.
import { Matrix } from "@downhill/linalg";
import type { Tensor } from "./codecs/safetensors.ts";
import { NnError } from "./NnError.ts";
import type { Sequential } from "./Sequential.ts";

/** The model's parameters as tensors, in layer order, weights before biases; copies. */
export function parameterTensors(model: Sequential): Tensor[] {
  return model.parameters.map(({ name, value }) => ({ name, shape: [value.rows, value.columns], data: value.data.slice() }));
}

/** The matrices among the model's state, such as BatchNorm's moving averages: what inference needs besides the parameters; copies. */
export function stateTensors(model: Sequential): Tensor[] {
  return matricesOf(model).map(({ name, value }) => ({ name, shape: [value.rows, value.columns], data: value.data.slice() }));
}

/** Sets the model's parameters to the tensors of the same names. Throws an NnError, before any is set, unless all are there in the right shape. */
export function loadParameters(model: Sequential, tensors: readonly Tensor[]): void {
  load(model.parameters, tensors);
}

/** Sets the matrices among the model's state likewise. Throws an NnError as {@link loadParameters} does. */
export function loadState(model: Sequential, tensors: readonly Tensor[]): void {
  load(matricesOf(model), tensors);
}

interface Named {
  readonly name: string;
  readonly value: Matrix;
}

function matricesOf({ state }: Sequential): Named[] {
  return state.flatMap(({ name, value }) => (value instanceof Matrix ? [{ name, value }] : []));
}

function load(matrices: readonly Named[], tensors: readonly Tensor[]): void {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const found = matrices.map(({ name, value }) => {
    const tensor = byName.get(name);
    if (tensor === undefined) throw new NnError(`${name} is not among the tensors (${[...byName.keys()].join(", ")})`);
    const [rows, columns] = tensor.shape;
    if (tensor.shape.length !== 2 || rows !== value.rows || columns !== value.columns) {
      throw new NnError(`${name} is ${value} in the model but ${tensor.shape.join(" × ")} among the tensors`);
    }
    return { value, data: tensor.data };
  });
  for (const { value, data } of found) value.data.set(data);
}
