// The last lines of a run: how it ended unless it simply finished, the results with the final weights, and what the
// model says of one image.
import type { Result, RunCompleted, SamplesPredicted } from "../contract/TrainingEvent.ts";
import { className, plainText } from "../text/plainText.ts";
import { formatCost, formatPercent } from "../text/quantity.ts";
import type { Paint } from "./Paint.ts";

/** Lines such as `Training accuracy 100.00%`, `Test accuracy 86.86%` and `true label 3, predicted label 3`; `planned` is the epochs asked for. */
export function resultLines(event: RunCompleted, predicted: SamplesPredicted | undefined, planned: number, paint: Paint): string[] {
  const lines: string[] = [];
  if (event.reason !== "finished") lines.push(endLine(event, planned, paint));
  for (const [name, result] of [
    ["Training", event.train],
    ["Validation", event.validation],
    ["Test", event.test],
  ] as const) {
    const score = result && scoreOf(result);
    if (score) lines.push(`${name} ${score[0]} ${paint.bold(score[1])}`);
  }
  const pick = predicted?.samples[0];
  if (pick) {
    const said = `predicted label ${className(pick.predicted, predicted.classes)}`;
    lines.push(pick.label === undefined ? said : `true label ${className(pick.label, predicted.classes)}, ${said}`);
  }
  return lines;
}

function scoreOf(result: Result): readonly [string, string] | undefined {
  if (result.accuracy !== undefined) return ["accuracy", formatPercent(result.accuracy, 2)];
  return result.rmse === undefined ? undefined : ["RMSE", formatCost(result.rmse)];
}

function endLine(event: RunCompleted, planned: number, paint: Paint): string {
  const [word, colour] = {
    finished: ["Finished", paint.green],
    stoppedEarly: ["Stopped early", paint.yellow],
    aborted: ["Aborted", paint.yellow],
    diverged: ["Diverged", paint.red],
    failed: ["Failed", paint.red],
  }[event.reason] as [string, (text: string) => string];
  const when = event.epochs === 0 ? "before the first epoch was done" : `after epoch ${event.epochs} of ${planned}`;
  return colour(`${word} ${when}${event.message === undefined ? "" : `: ${plainText(event.message)}`}`);
}
