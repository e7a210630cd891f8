// A run whose every text is an attempt to run script in whatever page shows it.
import type { TrainingEvent } from "../../src/index.ts";
import { stampFacts } from "../../src/testing/index.ts";

const HOSTILE = `</pre></style></title></svg></script><script>hacked=1;alert(1)</script><img src=x onerror="hacked=1;alert(1)">'"><iframe srcdoc="<script>parent.hacked=1</script>"></iframe><svg onload=alert(1)>`;

/** Names, configuration, environment, layers, classes, warnings and messages, all hostile. */
export function hostileRun(): TrainingEvent[] {
  const classes = [HOSTILE, `${HOSTILE}2`];
  const picture = { index: 0, width: 1, height: 1, pixels: "AA==", label: 0 };
  const predicted = { ...picture, predicted: 1, probabilities: [0.1, 0.9] };
  const layer = { name: HOSTILE, type: HOSTILE, units: 2, parameters: 2 };
  const confusionMatrix = [
    [0, 1],
    [1, 0],
  ];
  const numbers = { learningRate: 1, samplesPerSecond: 1, durationMs: 1 };
  return stampFacts(
    [
      { type: "runStarted", name: HOSTILE, config: { [HOSTILE]: [HOSTILE] }, epochs: 1, environment: { [HOSTILE]: HOSTILE } },
      {
        type: "dataLoaded",
        sets: [{ name: "test", samples: 1, features: 1, outputs: 2, classes }],
        model: { inputs: 1, layers: [layer], parameters: 2, loss: HOSTILE, optimizer: HOSTILE },
      },
      { type: "warningRaised", message: HOSTILE },
      { type: "sinkFailed", sink: HOSTILE, message: HOSTILE },
      { type: "samplesShown", set: "test", classes, samples: [picture] },
      { type: "epochCompleted", epoch: 1, epochs: 1, cost: 1, accuracy: 0, ...numbers },
      { type: "samplesPredicted", set: "test", classes, samples: [predicted], worstMistakes: [predicted] },
      { type: "weightsShown", layer: HOSTILE, images: [picture], limit: 1 },
      {
        type: "runCompleted",
        reason: "failed",
        message: HOSTILE,
        epochs: 1,
        durationMs: 1,
        weightsSha256: HOSTILE,
        test: { cost: 1, accuracy: 0, confusionMatrix },
      },
    ],
    HOSTILE,
  );
}
