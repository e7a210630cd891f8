// Which curves the page draws, and how their values are written.
import { formatCost, formatPercent, formatRate } from "../../text/quantity.ts";
import type { EpochField } from "./epochRow.ts";

/** A chart: a number of every epoch, and validation's beside it. */
export interface ChartKind {
  readonly title: string;
  readonly field: EpochField;
  readonly validation?: EpochField;
  /** Of a value in the legend. */
  readonly format: (value: number) => string;
  /** Of a value at the axis. */
  readonly tick: (value: number) => string;
  /** The axis ends at 1, or a person may make it logarithmic. */
  readonly axis: "fraction" | "switchable" | "linear";
  /** Drawn only once the value has changed: a straight line tells nothing. */
  readonly whenChanging?: boolean;
}

const plain = (value: number): string => {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e5 || size < 1e-3) ? Number(value.toPrecision(4)).toExponential() : String(Number(value.toPrecision(4)));
};

/** All charts, in the page's order; those without a value stay away. */
export const CHARTS: readonly ChartKind[] = [
  { title: "Cost", field: "cost", validation: "validationCost", format: formatCost, tick: plain, axis: "switchable" },
  {
    title: "Accuracy",
    field: "accuracy",
    validation: "validationAccuracy",
    format: (value) => formatPercent(value, 1),
    tick: (value) => `${Number((100 * value).toPrecision(4))}%`,
    axis: "fraction",
  },
  { title: "Error (RMSE)", field: "rmse", validation: "validationRmse", format: formatCost, tick: plain, axis: "switchable" },
  {
    title: "Samples a second",
    field: "samplesPerSecond",
    format: formatRate,
    tick: (value) => formatRate(value).replace(/\.0+(?=\D|$)/, ""),
    axis: "linear",
  },
  { title: "Learning rate", field: "learningRate", format: plain, tick: plain, axis: "linear", whenChanging: true },
];
