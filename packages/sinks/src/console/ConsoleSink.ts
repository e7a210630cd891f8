// A run on a terminal: shapes and model at the start, standing lines at each tenth of the epochs, a live line in between
// where a person is watching, results at the end. Where nobody is, plain lines only, at least one in ten seconds of epochs.
import picocolors from "picocolors";
import type { Sink, Terminal } from "../contract/Sink.ts";
import type { EpochCompleted, RunCompleted, SamplesPredicted, TrainingEvent } from "../contract/TrainingEvent.ts";
import { plainText } from "../text/plainText.ts";
import { dataLines } from "./dataLines.ts";
import { epochLine, progressFields } from "./epochFields.ts";
import { LiveLine } from "./LiveLine.ts";
import type { Paint } from "./Paint.ts";
import { Pace } from "./Pace.ts";
import { progressLine } from "./progressLine.ts";
import { resultLines } from "./resultLines.ts";

const REDRAW_MS = 100;
const LONGEST_SILENCE_MS = 10_000;
const STANDING_LINES = 10;

/** What a console sink can be given besides its terminal. */
export interface ConsoleSettings {
  /** A clock in milliseconds, from any origin. */
  readonly now?: () => number;
}

/** A sink that tells a person how the run goes. */
export class ConsoleSink implements Sink {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #paint: Paint;
  readonly #live: LiveLine;
  readonly #pace = new Pace();
  #planned = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #printedAt: number;
  #unprinted: EpochCompleted | undefined;
  #predicted: SamplesPredicted | undefined;

  constructor(terminal: Terminal, { now = () => performance.now() }: ConsoleSettings = {}) {
    this.#terminal = terminal;
    this.#now = now;
    this.#paint = picocolors.createColors(terminal.interactive && terminal.colour);
    this.#live = new LiveLine(terminal);
    this.#printedAt = now();
  }

  /** Takes an event that was printed before. */
  remember(event: TrainingEvent): void {
    if (event.type === "runStarted") this.#planned = event.epochs;
    if (event.type === "samplesPredicted") this.#predicted = event;
  }

  write(event: TrainingEvent): void {
    this.remember(event);
    switch (event.type) {
      case "dataLoaded":
        for (const line of dataLines(event, this.#paint)) this.#print(line);
        break;
      case "epochCompleted":
        this.#epochCompleted(event);
        break;
      case "warningRaised":
        this.#print(this.#paint.yellow(`warning: ${plainText(event.message)}`));
        break;
      case "sinkFailed":
        this.#print(this.#paint.red(`the sink ${plainText(event.sink)} failed: ${plainText(event.message)}`));
        break;
      case "runCompleted":
        this.#runCompleted(event);
        break;
    }
  }

  close(): void {
    this.#live.draw("");
  }

  #epochCompleted(event: EpochCompleted): void {
    const now = this.#now();
    this.#pace.advance(event.epoch, now, event.durationMs);
    this.#unprinted = event;
    const standing = stands(event);
    if (this.#terminal.interactive) this.#updateLive(event, now, standing);
    const silent = !this.#terminal.interactive && now - this.#printedAt >= LONGEST_SILENCE_MS;
    if (standing || silent) this.#printEpoch();
  }

  #updateLive(event: EpochCompleted, now: number, standing: boolean): void {
    if (now - this.#drawnAt >= REDRAW_MS && event.epoch < event.epochs) {
      const fields = progressFields(event, this.#pace.secondsLeft(event.epochs), this.#paint);
      this.#live.draw(progressLine(event.epoch / event.epochs, fields, this.#terminal.columns, this.#paint));
      this.#drawnAt = now;
    } else if (standing) {
      // What was drawn is of an earlier epoch than the line that is printed next; the live line comes back when it is due.
      this.#live.draw("");
    }
  }

  #runCompleted(event: RunCompleted): void {
    this.#live.draw("");
    this.#printEpoch();
    for (const line of resultLines(event, this.#predicted, this.#planned, this.#paint)) this.#print(line);
  }

  #printEpoch(): void {
    if (this.#unprinted) this.#print(epochLine(this.#unprinted, this.#paint));
    this.#unprinted = undefined;
  }

  #print(line: string): void {
    this.#live.print(line);
    this.#printedAt = this.#now();
  }
}

// Of 500 epochs 1, 51, 101 … 451 and the last; of ten or fewer, all.
function stands({ epoch, epochs }: EpochCompleted): boolean {
  return (epoch - 1) % Math.ceil(epochs / STANDING_LINES) === 0 || epoch === epochs;
}
