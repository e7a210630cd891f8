// Random calls of the elementwise functions, their gradients, and what works row by row, with what each should give.
import { gelu, geluSlope, sigmoid } from "../../src/reference/activations.ts";
import * as referenceRows from "../../src/reference/rows.ts";
import { toRows } from "../matrices.ts";
import type { Call, Calls, Draw } from "./Draw.ts";

type Elementwise = "exp" | "log" | "tanh" | "relu" | "sigmoid" | "gelu";

function elementwise(name: Elementwise, exact: (x: number) => number, of = (value: number) => value * 20): (draw: Draw) => Call {
  return (draw) => {
    const x = draw.filled(...draw.shape(), () => Math.fround(of(draw.value())));
    const y = draw.target(x);
    const expected = toRows(x).map((row) => row.map(exact));
    return { run: () => draw.package[name](x, y), outputs: [{ to: y, expected }] };
  };
}

type Gradient = "tanhGradient" | "reluGradient" | "sigmoidGradient" | "geluGradient";

function gradient(name: Gradient, factor: (y: number) => number): (draw: Draw) => Call {
  return (draw) => {
    const y = draw.matrix(...draw.shape(), 0.3);
    const dy = draw.matrix(y.rows, y.columns);
    const dx = draw.target(dy);
    const [rowsY, rowsDy] = [toRows(y), toRows(dy)];
    const expected = rowsY.map((row, i) => row.map((value, j) => rowsDy[i][j] * factor(value)));
    return { run: () => draw.package[name](y, dy, dx), outputs: [{ to: dx, expected }] };
  };
}

/** Functions of elements and of rows. */
export const nonlinear: Calls = {
  exp: elementwise("exp", Math.exp),
  log: elementwise("log", Math.log, (value) => Math.abs(value) + 1e-30),
  tanh: elementwise("tanh", Math.tanh),
  relu: elementwise("relu", (x) => Math.max(x, 0)),
  tanhGradient: gradient("tanhGradient", (y) => 1 - y * y),
  reluGradient: gradient("reluGradient", (y) => (y > 0 ? 1 : 0)),
  sigmoid: elementwise("sigmoid", sigmoid),
  sigmoidGradient: gradient("sigmoidGradient", (y) => y * (1 - y)),
  gelu: elementwise("gelu", gelu),
  geluGradient: gradient("geluGradient", geluSlope),
  leakyRelu(draw) {
    const x = draw.matrix(...draw.shape());
    const [y, slope] = [draw.target(x), Math.abs(draw.value())];
    const expected = toRows(x).map((row) => row.map((value) => (value > 0 ? value : slope * value)));
    return { run: () => draw.package.leakyRelu(x, y, slope), outputs: [{ to: y, expected }] };
  },
  leakyReluGradient(draw) {
    const y = draw.matrix(...draw.shape(), 0.3);
    const dy = draw.matrix(y.rows, y.columns);
    const [dx, slope, rowsDy] = [draw.target(dy), Math.abs(draw.value()), toRows(dy)];
    const expected = toRows(y).map((row, i) => row.map((value, j) => rowsDy[i][j] * (value > 0 ? 1 : slope)));
    return { run: () => draw.package.leakyReluGradient(y, dy, dx, slope), outputs: [{ to: dx, expected }] };
  },
  normalQuantile(draw) {
    const u = draw.filled(...draw.shape(), () => (draw.value() + 1) / 2 + 2 ** -30);
    const y = draw.target(u);
    return { run: () => draw.package.normalQuantile(u, y), outputs: [{ to: y, expected: undefined }] };
  },
  softmax(draw) {
    const x = draw.matrix(...draw.shape());
    const y = draw.target(x);
    const expected = referenceRows.softmax(toRows(x));
    return { run: () => draw.package.softmax(x, y), outputs: [{ to: y, expected }] };
  },
  argmax(draw) {
    const [rows, columns] = draw.shape();
    const x = draw.matrix(rows, Math.max(columns, 1), 0.9);
    const best = draw.indices(rows, 1);
    const expected = [referenceRows.argmax(toRows(x))];
    return { run: () => draw.package.argmax(x, best), outputs: [{ to: best, expected }] };
  },
};
