// The curves of a run: which there are, how each is called, and how its values are written and spread over an axis.
import { formatCost, formatPercent } from "../text/quantity.ts";
import { Curve } from "./Curve.ts";
import type { ValueAxis } from "./curveFigure.ts";

/** Values over the epochs; classification has `accuracy`, regression `rmse`. */
export type CurveName = "cost" | "accuracy" | "rmse" | "learningRate";

/** The look of a curve. */
export interface CurveKind {
  readonly title: string;
  readonly valueLabel: string;
  readonly valueAxis: ValueAxis;
  /** What the subtitle calls a value. */
  readonly noun: string;
  readonly format: (value: number) => string;
}

/** The values of training and of validation, which may have none. */
export interface CurvePair {
  readonly training: Curve;
  readonly validation: Curve;
}

/** Every curve, in the order to show them. */
export const CURVES: Readonly<Record<CurveName, CurveKind>> = {
  cost: {
    title: "Cost function vs. training iterations",
    valueLabel: "Cost function value",
    valueAxis: "auto",
    noun: "cost",
    format: formatCost,
  },
  accuracy: {
    title: "Accuracy vs. training iterations",
    valueLabel: "Accuracy",
    valueAxis: "fraction",
    noun: "accuracy",
    format: (value) => formatPercent(value, 1),
  },
  rmse: {
    title: "Error vs. training iterations",
    valueLabel: "Root mean squared error",
    valueAxis: "auto",
    noun: "rmse",
    format: formatCost,
  },
  learningRate: {
    title: "Learning rate vs. training iterations",
    valueLabel: "Learning rate",
    valueAxis: "linear",
    noun: "learning rate",
    format: (value) => String(Number(value.toPrecision(4))),
  },
};

/** The names of all curves. */
export const CURVE_NAMES = Object.keys(CURVES) as readonly CurveName[];

/** Whether a figure is a curve. */
export function isCurve(name: string): name is CurveName {
  return Object.hasOwn(CURVES, name);
}

/** Curves without a value yet. */
export function emptyCurves(): Record<CurveName, CurvePair> {
  const pair = (): CurvePair => ({ training: new Curve(), validation: new Curve() });
  return { cost: pair(), accuracy: pair(), rmse: pair(), learningRate: pair() };
}
