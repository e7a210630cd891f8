// One thread's part of a job: the arguments are those of the kernel, as numbers.
import { axpy } from "../level1/axpy";
import { gatherRows, takeIndices } from "../level1/gather";
import { scal } from "../level1/scal";
import { addRow } from "../level2/addRow";
import { sumRows } from "../level2/sumRows";
import { gemm } from "../level3/gemm";
import { addSquares } from "../losses/addSquares";
import { addSum } from "../losses/addSum";
import { binaryCrossEntropy } from "../losses/binaryCrossEntropy";
import { countEqual } from "../losses/countEqual";
import { countSides } from "../losses/countSides";
import { huber } from "../losses/huber";
import { meanAbsoluteError } from "../losses/meanAbsoluteError";
import { meanSquaredError } from "../losses/meanSquaredError";
import { softmaxCrossEntropy } from "../losses/softmaxCrossEntropy";
import { weightedCrossEntropy } from "../losses/weightedCrossEntropy";
import { argmax } from "../nonlinear/argmax";
import { exp } from "../nonlinear/exp";
import { gelu, geluGradient } from "../nonlinear/gelu";
import { leakyRelu, leakyReluGradient } from "../nonlinear/leakyRelu";
import { log } from "../nonlinear/log";
import { normalQuantile } from "../nonlinear/normalQuantile";
import { relu, reluGradient } from "../nonlinear/relu";
import { sigmoid, sigmoidGradient } from "../nonlinear/sigmoid";
import { softmax } from "../nonlinear/softmax";
import { tanh, tanhGradient } from "../nonlinear/tanh";
import { adam, advancePower } from "../optimizers/adam";
import { blockNorms, clipScale, NORM_BLOCK } from "../optimizers/norms";
import { rmsProp } from "../optimizers/rmsProp";
import { sgd } from "../optimizers/sgd";
import { addressAt, countAt, realAt } from "./arguments";
import { haltUnlessFinite } from "./halt";
import { ARGUMENTS, EPILOGUE, JOB_BYTES, OPERATION } from "./job";
import * as operation from "./operations";
import { LINE, partStart } from "./part";
import { performImages } from "./performImages";
import { replay } from "./replay";

/** Does the part of `thread` of the job at `job`. */
export function perform(job: usize, thread: i32, threads: i32): void {
  const op = load<i32>(job, OPERATION);
  if (op >= operation.FIRST_OF_IMAGES) return performImages(op, job, thread, threads);
  const args = job + ARGUMENTS;
  if (op == operation.GEMM) {
    const next = job + JOB_BYTES;
    return gemm(args, next, next + (load<i32>(job, EPILOGUE) as usize) * JOB_BYTES, thread, threads);
  }
  if (op == operation.SUM_ROWS) {
    const first = partStart(countAt(args, 1), LINE, thread, threads);
    const columns = partStart(countAt(args, 1), LINE, thread + 1, threads) - first;
    const offset = (first as usize) << 2;
    return sumRows(countAt(args, 0), columns, countAt(args, 1), addressAt(args, 2) + offset, addressAt(args, 3) + offset);
  }
  if (op == operation.BLOCK_NORMS) {
    const first = partStart(countAt(args, 0), 1, thread, threads);
    const blocks = partStart(countAt(args, 0), 1, thread + 1, threads) - first;
    const skipped = first * NORM_BLOCK;
    return blockNorms(
      blocks, countAt(args, 1) - skipped, addressAt(args, 2) + ((skipped as usize) << 2), addressAt(args, 3) + ((first as usize) << 2),
    );
  }
  if (op == operation.REPLAY) return replay(addressAt(args, 0), countAt(args, 1), countAt(args, 2), thread, threads);
  if (op >= operation.FIRST_ALONE) return performAlone(op, args);
  if (op >= operation.FIRST_BY_ROWS) return performRows(op, args, thread, threads);
  performElements(op, args, thread, threads);
}

// Operations whose first argument counts elements.
function performElements(op: i32, args: usize, thread: i32, threads: i32): void {
  const first = partStart(countAt(args, 0), LINE, thread, threads);
  const size = partStart(countAt(args, 0), LINE, thread + 1, threads) - first;
  const offset = (first as usize) << 2;
  switch (op) {
    case operation.AXPY: return axpy(1, size, 0, addressAt(args, 1), addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.SCAL: return scal(size, realAt(args, 1) as f32, addressAt(args, 2) + offset);
    case operation.EXP: return exp(size, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.LOG: return log(size, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.TANH: return tanh(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.RELU: return relu(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.NORMAL_QUANTILE: return normalQuantile(size, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.TANH_GRADIENT:
      return tanhGradient(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.RELU_GRADIENT:
      return reluGradient(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.ADAM:
      return adam(
        size, addressAt(args, 1), addressAt(args, 2), addressAt(args, 3), addressAt(args, 4), realAt(args, 5), realAt(args, 6),
        realAt(args, 7) as f32, realAt(args, 8) as f32, realAt(args, 9), countAt(args, 10) != 0,
        addressAt(args, 11) + offset, addressAt(args, 12) + offset, addressAt(args, 13) + offset, addressAt(args, 14) + offset,
      );
    case operation.LEAKY_RELU:
      return leakyRelu(1, size, 0, realAt(args, 1) as f32, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.LEAKY_RELU_GRADIENT:
      return leakyReluGradient(
        1, size, 0, realAt(args, 1) as f32, addressAt(args, 2) + offset, addressAt(args, 3) + offset, addressAt(args, 4) + offset,
      );
    case operation.SIGMOID: return sigmoid(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.SIGMOID_GRADIENT:
      return sigmoidGradient(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.GELU: return gelu(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset);
    case operation.GELU_GRADIENT:
      return geluGradient(1, size, 0, addressAt(args, 1) + offset, addressAt(args, 2) + offset, addressAt(args, 3) + offset);
    case operation.SGD:
      return sgd(
        size, addressAt(args, 1), addressAt(args, 2), realAt(args, 3) as f32, countAt(args, 4) != 0, realAt(args, 5) as f32,
        realAt(args, 6) as f32, addressAt(args, 7) + offset, addressAt(args, 8) == 0 ? 0 : addressAt(args, 8) + offset, addressAt(args, 9) + offset,
      );
    case operation.RMS_PROP:
      return rmsProp(
        size, addressAt(args, 1), addressAt(args, 2), realAt(args, 3), realAt(args, 4) as f32, realAt(args, 5) as f32, realAt(args, 6) as f32,
        addressAt(args, 7) + offset, addressAt(args, 8) + offset, addressAt(args, 9) + offset,
      );
  }
}

// Operations whose first two arguments are rows and columns.
function performRows(op: i32, args: usize, thread: i32, threads: i32): void {
  const all = countAt(args, 0), columns = countAt(args, 1);
  const first = partStart(all, 1, thread, threads);
  const rows = partStart(all, 1, thread + 1, threads) - first;
  const skipped = (first as usize) * ((columns as usize) << 2);
  const skippedRows = (first as usize) << 2;
  switch (op) {
    case operation.ADD_ROW: return addRow(rows, columns, (columns as usize) << 2, addressAt(args, 2), addressAt(args, 3) + skipped);
    case operation.SOFTMAX: return softmax(rows, columns, addressAt(args, 2) + skipped, addressAt(args, 3) + skipped);
    case operation.ARGMAX: return argmax(rows, columns, addressAt(args, 2) + skipped, addressAt(args, 3) + skippedRows);
    case operation.GATHER_ROWS:
      return gatherRows(rows, columns, countAt(args, 2), addressAt(args, 3), addressAt(args, 4) + skippedRows, addressAt(args, 5) + skipped);
    case operation.SOFTMAX_CROSS_ENTROPY:
      return softmaxCrossEntropy(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skippedRows, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows,
      );
    case operation.MEAN_SQUARED_ERROR:
      return meanSquaredError(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skipped, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows,
      );
    case operation.WEIGHTED_CROSS_ENTROPY:
      return weightedCrossEntropy(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skippedRows, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows, realAt(args, 6), addressAt(args, 7),
      );
    case operation.BINARY_CROSS_ENTROPY:
      return binaryCrossEntropy(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skipped, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows, countAt(args, 6) != 0,
      );
    case operation.MEAN_ABSOLUTE_ERROR:
      return meanAbsoluteError(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skipped, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows,
      );
    case operation.HUBER:
      return huber(
        rows, columns, all, addressAt(args, 2) + skipped, addressAt(args, 3) + skipped, addressAt(args, 4) + skipped,
        addressAt(args, 5) + skippedRows, realAt(args, 6),
      );
  }
}

// Operations that are one thread's: sums in the order of the rows, and what is too small to divide.
function performAlone(op: i32, args: usize): void {
  switch (op) {
    case operation.TAKE_INDICES: return takeIndices(countAt(args, 0), addressAt(args, 1), countAt(args, 2), addressAt(args, 3), addressAt(args, 4));
    case operation.ADD_SUM: return addSum(countAt(args, 0), addressAt(args, 1), addressAt(args, 2));
    case operation.COUNT_EQUAL: return countEqual(countAt(args, 0), addressAt(args, 1), addressAt(args, 2), addressAt(args, 3));
    case operation.HALT_UNLESS_FINITE: return haltUnlessFinite(addressAt(args, 1));
    case operation.ADVANCE_POWER: return advancePower(addressAt(args, 1), realAt(args, 2));
    case operation.ADD_SQUARES:
      return addSquares(countAt(args, 0), countAt(args, 1), addressAt(args, 2), addressAt(args, 3), addressAt(args, 4));
    case operation.COUNT_SIDES:
      return countSides(countAt(args, 0), countAt(args, 1), addressAt(args, 2), addressAt(args, 3), addressAt(args, 4), countAt(args, 5) != 0);
    case operation.CLIP_SCALE: return clipScale(countAt(args, 0), addressAt(args, 1), realAt(args, 2), addressAt(args, 3));
  }
}
