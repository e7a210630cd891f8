// What a run has to show so far, gathered from its events and drawn on demand. Nothing here knows of files, so a page can
// use it as well as the plot sink.
import { SinkError } from "../contract/SinkError.ts";
import type {
  DataLoaded,
  EpochCompleted,
  RunCompleted,
  SamplesPredicted,
  SamplesShown,
  TrainingEvent,
  WeightsShown,
} from "../contract/TrainingEvent.ts";
import { formatCount } from "../text/quantity.ts";
import { type Confusion, confusionOf } from "./Confusion.ts";
import { confusionFigure } from "./confusionFigure.ts";
import { curveFigure } from "./curveFigure.ts";
import { mistakesFigure } from "./mistakesFigure.ts";
import { predictionsFigure } from "./predictionsFigure.ts";
import { CURVE_NAMES, type CurveName, CURVES, emptyCurves, isCurve } from "./runCurves.ts";
import { samplesFigure } from "./samplesFigure.ts";
import { weightsFigure } from "./weightsFigure.ts";

/** A picture of a run; which ones there are depends on what its events bring. */
export type FigureName = CurveName | "samples" | "predictions" | "mistakes" | "confusionMatrix" | "weights";

/** How figures are drawn. */
export interface FigureSettings {
  /** The cost's axis; unless told, logarithmic where the costs span more than three powers of ten, else linear. */
  readonly costScale?: "linear" | "log";
}

/** Takes a run's events and draws its figures as they stand. */
export class RunFigures {
  readonly #costScale: "linear" | "log" | undefined;
  readonly #curves = emptyCurves();
  readonly #samples = new Map<SamplesShown["set"], SamplesShown>();
  #planned = 1;
  #rateVaries = false;
  #latest: EpochCompleted | undefined;
  #predictions: SamplesPredicted | undefined;
  #weights: WeightsShown | undefined;
  #sets: DataLoaded["sets"] = [];
  #confusion: Confusion | undefined;

  constructor({ costScale }: FigureSettings = {}) {
    this.#costScale = costScale;
  }

  /** Takes the next event and returns the names of the figures that it changed. */
  take(event: TrainingEvent): FigureName[] {
    switch (event.type) {
      case "runStarted":
        this.#planned = event.epochs;
        return [];
      case "dataLoaded":
        this.#sets = event.sets;
        return [];
      case "samplesShown":
        if (event.samples.length === 0) return [];
        this.#samples.set(event.set, event);
        return ["samples"];
      case "epochCompleted":
        return this.#takeEpoch(event);
      case "samplesPredicted":
        this.#predictions = event;
        return [
          ...(event.samples.length > 0 ? ["predictions" as const] : []),
          ...(event.worstMistakes?.length ? ["mistakes" as const] : []),
        ];
      case "weightsShown":
        if (event.images.length === 0) return [];
        this.#weights = event;
        return ["weights"];
      case "runCompleted":
        return this.#takeEnd(event);
      default:
        return [];
    }
  }

  /** Draws a figure that `take` has named, as an SVG document `width` pixels wide (curves only; 800). Throws a SinkError for any other. */
  draw(name: FigureName, width?: number): string {
    if (isCurve(name) && this.#latest) return this.#drawCurve(name, this.#latest, width);
    if (name === "samples" && this.#samples.size > 0) return samplesFigure([...this.#samples.values()]);
    if (name === "predictions" && this.#predictions) return predictionsFigure(this.#predictions);
    if (name === "mistakes" && this.#predictions?.worstMistakes?.length) return mistakesFigure(this.#predictions);
    if (name === "weights" && this.#weights) return weightsFigure(this.#weights);
    if (name === "confusionMatrix" && this.#confusion) return confusionFigure(this.#confusion);
    throw new SinkError(`draw: no event has brought anything for "${name}" yet; draw the figures that take() returns`);
  }

  #takeEpoch(event: EpochCompleted): FigureName[] {
    this.#rateVaries ||= event.learningRate !== (this.#latest?.learningRate ?? event.learningRate);
    this.#latest = event;
    const brought: CurveName[] = [];
    for (const name of CURVE_NAMES) {
      const value = event[name];
      if (value === undefined) continue;
      const { training, validation } = this.#curves[name];
      training.push(event.epoch, value);
      const validated = name === "learningRate" ? undefined : event.validation?.[name];
      if (validated !== undefined) validation.push(event.epoch, validated);
      // A rate that stays as it was needs no new picture in each epoch; it has one at the end.
      if (name !== "learningRate" || this.#rateVaries) brought.push(name);
    }
    return brought;
  }

  #takeEnd(event: RunCompleted): FigureName[] {
    // The axis ends where the run did.
    this.#planned = this.#latest?.epoch ?? 0;
    const curves = CURVE_NAMES.filter((name) => this.#curves[name].training.epochs.length > 0);
    this.#confusion = confusionOf(event, this.#sets);
    return this.#confusion ? [...curves, "confusionMatrix"] : curves;
  }

  #drawCurve(name: CurveName, { epoch, epochs }: EpochCompleted, width: number | undefined): string {
    const { training, validation } = this.#curves[name];
    const { title, valueLabel, valueAxis, noun, format } = CURVES[name];
    const subtitle = `epoch ${formatCount(epoch)} of ${formatCount(epochs)}, ${noun} ${format(training.values.at(-1) ?? Number.NaN)}`;
    const planned = Math.max(this.#planned, epoch);
    const axis = name === "cost" ? (this.#costScale ?? valueAxis) : valueAxis;
    return curveFigure({ title, valueLabel, valueAxis: axis, subtitle, epochs: planned, training, validation, ...(width && { width }) });
  }
}
