// What a run has to show so far, gathered from its events and drawn on demand. Nothing here knows of files, so a page can
// use it as well as the plot sink.
import { SinkError } from "../contract/SinkError.ts";
import type { EpochCompleted, SamplesPredicted, SamplesShown, TrainingEvent } from "../contract/TrainingEvent.ts";
import { formatCost, formatCount, formatPercent } from "../text/quantity.ts";
import { Curve } from "./Curve.ts";
import { curveFigure } from "./curveFigure.ts";
import { predictionsFigure } from "./predictionsFigure.ts";
import { samplesFigure } from "./samplesFigure.ts";

/** A picture of a run; classification has `accuracy`, regression `rmse`. */
export type FigureName = CurveName | "samples" | "predictions";

type CurveName = "cost" | "accuracy" | "rmse";

/** How figures are drawn. */
export interface FigureSettings {
  /** The cost's axis, linear unless told otherwise. */
  readonly costScale?: "linear" | "log";
}

const CURVES: readonly CurveName[] = ["cost", "accuracy", "rmse"];

const SCORES = {
  accuracy: {
    title: "Accuracy vs. training iterations",
    valueLabel: "Accuracy",
    valueAxis: "fraction",
    format: (value: number) => formatPercent(value, 1),
  },
  rmse: { title: "Error vs. training iterations", valueLabel: "Root mean squared error", valueAxis: "linear", format: formatCost },
} as const;

/** Takes a run's events and draws its figures as they stand. */
export class RunFigures {
  readonly #costScale: "linear" | "log";
  readonly #curves = { cost: emptyCurves(), accuracy: emptyCurves(), rmse: emptyCurves() };
  readonly #samples = new Map<SamplesShown["set"], SamplesShown>();
  #planned = 1;
  #latest: EpochCompleted | undefined;
  #predictions: SamplesPredicted | undefined;

  constructor({ costScale = "linear" }: FigureSettings = {}) {
    this.#costScale = costScale;
  }

  /** Takes the next event and returns the names of the figures that it changed. */
  take(event: TrainingEvent): FigureName[] {
    switch (event.type) {
      case "runStarted":
        this.#planned = event.epochs;
        return [];
      case "samplesShown":
        if (event.samples.length === 0) return [];
        this.#samples.set(event.set, event);
        return ["samples"];
      case "epochCompleted":
        this.#latest = event;
        return this.#takeEpoch(event);
      case "samplesPredicted":
        if (event.samples.length === 0) return [];
        this.#predictions = event;
        return ["predictions"];
      case "runCompleted":
        // The axis ends where the run did.
        this.#planned = this.#latest?.epoch ?? 0;
        return CURVES.filter((name) => this.#curves[name].training.epochs.length > 0);
      default:
        return [];
    }
  }

  /** Draws a figure that `take` has named, as an SVG document; throws a SinkError for any other. */
  draw(name: FigureName): string {
    if (name === "samples" && this.#samples.size > 0) return samplesFigure([...this.#samples.values()]);
    if (name === "predictions" && this.#predictions) return predictionsFigure(this.#predictions);
    if (name in this.#curves && this.#latest) return this.#drawCurves(name as CurveName, this.#latest);
    throw new SinkError(`draw: no event has brought anything for "${name}" yet; draw the figures that take() returns`);
  }

  #takeEpoch(event: EpochCompleted): FigureName[] {
    const changed = CURVES.filter((name) => event[name] !== undefined);
    for (const name of changed) {
      const { training, validation } = this.#curves[name];
      training.push(event.epoch, event[name] ?? Number.NaN);
      const validated = event.validation?.[name];
      if (validated !== undefined) validation.push(event.epoch, validated);
    }
    return changed;
  }

  #drawCurves(name: CurveName, { epoch, epochs }: EpochCompleted): string {
    const { training, validation } = this.#curves[name];
    const kind =
      name === "cost"
        ? {
            title: "Cost function vs. training iterations",
            valueLabel: "Cost function value",
            valueAxis: this.#costScale,
            format: formatCost,
          }
        : SCORES[name];
    const latest = training.values.at(-1) ?? Number.NaN;
    const subtitle = `epoch ${formatCount(epoch)} of ${formatCount(epochs)}, ${name} ${kind.format(latest)}`;
    return curveFigure({ ...kind, subtitle, epochs: Math.max(this.#planned, epoch), training, validation });
  }
}

function emptyCurves(): { readonly training: Curve; readonly validation: Curve } {
  return { training: new Curve(), validation: new Curve() };
}
