// An epoch in words. The same fields make the standing lines and the live one.
import type { EpochCompleted, Result } from "../contract/TrainingEvent.ts";
import { plainText } from "../text/plainText.ts";
import { formatCost, formatDuration, formatPercent, formatRate } from "../text/quantity.ts";
import type { Paint } from "./Paint.ts";
import type { ProgressField } from "./progressLine.ts";

/** The line that stays: `epoch 51/500  cost 0.3091  accuracy 92.1%`, and the validation's cost and accuracy where there is one. */
export function epochLine(event: EpochCompleted, paint: Paint): string {
  const fields = [place(event, paint), `${paint.dim("cost")} ${formatCost(event.cost)}`];
  const score = scoreOf(event, paint);
  if (score) fields.push(score);
  if (event.validation) {
    const validation = [`${paint.dim("validation cost")} ${formatCost(event.validation.cost)}`, scoreOf(event.validation, paint)];
    fields.push(validation.filter(Boolean).join(" "));
  }
  const norms = Object.entries(event.gradientNorms ?? {}).map(([layer, norm]) => `${plainText(layer)} ${formatCost(norm)}`);
  if (norms.length > 0) fields.push(`${paint.dim("gradients")} ${norms.join(", ")}`);
  return fields.join("  ");
}

/** What the live line can say of an epoch; `secondsLeft` is the time to the last one. */
export function progressFields(event: EpochCompleted, secondsLeft: number | undefined, paint: Paint): ProgressField[] {
  const fields = [
    { text: place(event, paint), rank: 0 },
    { text: `${paint.dim("cost")} ${formatCost(event.cost)}`, rank: 1 },
    { text: scoreOf(event, paint) ?? "", rank: 2 },
    { text: `${formatRate(event.samplesPerSecond)} ${paint.dim("samples/s")}`, rank: 4 },
    { text: secondsLeft === undefined ? "" : `${paint.dim("ETA")} ${formatDuration(secondsLeft)}`, rank: 3 },
  ];
  return fields.filter((field) => field.text !== "");
}

function place(event: EpochCompleted, paint: Paint): string {
  return `${paint.dim("epoch")} ${event.epoch}/${event.epochs}`;
}

function scoreOf(result: Result, paint: Paint): string | undefined {
  if (result.accuracy !== undefined) return `${paint.dim("accuracy")} ${formatPercent(result.accuracy, 1)}`;
  return result.rmse === undefined ? undefined : `${paint.dim("rmse")} ${formatCost(result.rmse)}`;
}
