// From an event to its numbers. A key and a step name a metric for good: no two events of a run have both in common, and the steps of a
// key only grow, since that is how the sink finds out what has arrived.
import type { Result, TrainingEvent } from "@downhill/sinks";
import { keyOf } from "./limits.ts";
import type { Metric } from "./rows.ts";

/** The metrics that an event brings; numbers that aren't finite are among them. */
export function metricsOf(event: TrainingEvent): Metric[] {
  switch (event.type) {
    case "epochCompleted": {
      const { validation, learningRate, samplesPerSecond, gradientNorms = {} } = event;
      const norms = Object.entries(gradientNorms).map(([layer, norm]) => [`gradientNorm.${layer}`, norm] as const);
      return rows(event, event.epoch, [
        ...measures("", event),
        ...measures("validation.", validation),
        ["learningRate", learningRate],
        ["samplesPerSecond", samplesPerSecond],
        ...norms,
      ]);
    }
    case "batchCompleted":
      return rows(event, (event.epoch - 1) * event.batches + event.batch, [["batch.cost", event.cost]]);
    case "runCompleted": {
      const { train, validation, test } = event;
      return rows(event, event.epochs, [
        ...measures("final.train.", train),
        ...measures("final.validation.", validation),
        ...measures("final.test.", test),
      ]);
    }
    default:
      return [];
  }
}

type Named = readonly [name: string, value: number | undefined];

function measures(prefix: string, { cost, accuracy, rmse }: Partial<Result> = {}): Named[] {
  return [
    [`${prefix}cost`, cost],
    [`${prefix}accuracy`, accuracy],
    [`${prefix}rmse`, rmse],
  ];
}

function rows({ at }: TrainingEvent, step: number, named: readonly Named[]): Metric[] {
  const timestamp = Date.parse(at);
  return named.flatMap(([name, value]) => (value === undefined ? [] : [{ key: keyOf(name), value, timestamp, step }]));
}
