// What the report tells of a run, gathered from its events.
import type {
  DataLoaded,
  EpochCompleted,
  RunCompleted,
  RunStarted,
  SamplesPredicted,
  SamplesShown,
  TrainingEvent,
  WeightsShown,
} from "../contract/TrainingEvent.ts";
import { type FigureName, type FigureSettings, RunFigures } from "../plot/RunFigures.ts";

/** Takes a run's events and keeps what there is to tell. */
export class RunRecord {
  readonly figures: RunFigures;
  /** What can be drawn. */
  readonly drawable: Set<FigureName> = new Set();
  readonly samples: Map<SamplesShown["set"], SamplesShown> = new Map();
  /** Warnings and failures of sinks, in words. */
  readonly warnings: string[] = [];
  run = "";
  startedAt = "";
  started: RunStarted | undefined;
  data: DataLoaded | undefined;
  latest: EpochCompleted | undefined;
  predicted: SamplesPredicted | undefined;
  weights: WeightsShown | undefined;
  completed: RunCompleted | undefined;

  constructor(settings: FigureSettings = {}) {
    this.figures = new RunFigures(settings);
  }

  /** Takes the next event. */
  take(event: TrainingEvent): void {
    for (const name of this.figures.take(event)) this.drawable.add(name);
    switch (event.type) {
      case "runStarted":
        [this.run, this.startedAt, this.started] = [event.run, event.at, event];
        break;
      case "dataLoaded":
        this.data = event;
        break;
      case "samplesShown":
        this.samples.set(event.set, event);
        break;
      case "epochCompleted":
        this.latest = event;
        break;
      case "samplesPredicted":
        this.predicted = event;
        break;
      case "weightsShown":
        this.weights = event;
        break;
      case "warningRaised":
        this.warnings.push(event.message);
        break;
      case "sinkFailed":
        this.warnings.push(`The sink ${event.sink} failed, and the run went on without it: ${event.message}`);
        break;
      case "runCompleted":
        this.completed = event;
        break;
    }
  }
}
