// How far the run is, and its newest numbers as tiles.
import { Pace } from "../../console/Pace.ts";
import { formatCost, formatCount, formatDuration, formatPercent, formatRate } from "../../text/quantity.ts";
import type { EpochNumbers } from "./epochRow.ts";

/** A number, its name, and what stands small below it. */
interface Tile {
  readonly name: string;
  readonly value: string;
  readonly beside: string;
}

/** The bar, the line below it, and the tiles. */
export class Progress {
  readonly #bar = document.querySelector<HTMLProgressElement>("#progress")!;
  readonly #place = document.querySelector<HTMLElement>("#place")!;
  readonly #tiles = document.querySelector<HTMLElement>("#tiles")!;
  readonly #pace = new Pace();
  #latest: EpochNumbers = {};
  #ended = false;

  /** Takes the next epoch. */
  add(numbers: EpochNumbers): void {
    this.#latest = numbers;
    this.#pace.advance(numbers.epoch ?? 0, numbers.at ?? 0, numbers.durationMs ?? 0);
  }

  /** No epoch will come any more. */
  end(): void {
    this.#ended = true;
  }

  /** Shows the newest epoch. */
  draw(): void {
    const { epoch = 0, epochs = 0 } = this.#latest;
    if (epoch === 0) return;
    this.#bar.max = Math.max(1, epochs);
    this.#bar.value = epoch;
    const left = this.#ended ? undefined : this.#pace.secondsLeft(epochs);
    const time = left === undefined || !Number.isFinite(left) || epoch >= epochs ? [] : [`${formatDuration(left)} left`];
    const share = formatPercent(Math.floor((100 * epoch) / Math.max(1, epochs)) / 100, 0);
    this.#place.textContent = [`Epoch ${formatCount(epoch)} of ${formatCount(epochs)}`, share, ...time].join("  ·  ");
    this.#tiles.replaceChildren(...tilesOf(this.#latest).map(tileElement));
  }
}

function tilesOf(numbers: EpochNumbers): Tile[] {
  const {
    cost = Number.NaN,
    accuracy,
    rmse,
    validationCost,
    validationAccuracy,
    validationRmse,
    learningRate,
    samplesPerSecond,
    durationMs,
  } = numbers;
  const percent = (value: number): string => formatPercent(value, 1);
  const validated = (value: number | undefined, format: (value: number) => string): string =>
    value === undefined ? "" : `validation ${format(value)}`;
  return [
    { name: "Cost", value: formatCost(cost), beside: validated(validationCost, formatCost) },
    ...(accuracy === undefined ? [] : [{ name: "Accuracy", value: percent(accuracy), beside: validated(validationAccuracy, percent) }]),
    ...(rmse === undefined ? [] : [{ name: "RMSE", value: formatCost(rmse), beside: validated(validationRmse, formatCost) }]),
    { name: "Throughput", value: formatRate(samplesPerSecond ?? Number.NaN), beside: "samples a second" },
    { name: "Learning rate", value: String(Number((learningRate ?? Number.NaN).toPrecision(4))), beside: "" },
    { name: "Time an epoch", value: milliseconds(durationMs ?? Number.NaN), beside: "" },
  ];
}

function milliseconds(duration: number): string {
  return duration < 10_000 || Number.isNaN(duration) ? `${Number(duration.toPrecision(3))} ms` : formatDuration(duration / 1000);
}

function tileElement({ name, value, beside }: Tile): HTMLElement {
  const [tile, term, number, note] = ["div", "dt", "dd", "dd"].map((tag) => document.createElement(tag));
  [term.textContent, number.textContent, note.textContent] = [name, value, beside];
  [number.className, note.className] = ["value", "beside"];
  tile.append(term, number, ...(beside === "" ? [] : [note]));
  return tile;
}
