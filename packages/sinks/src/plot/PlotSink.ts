// The pictures of a run as files: as SVG they are redrawn while it runs, so that an open picture shows the learning; as PNG, which
// takes a hundred times as long, they are drawn once, at the end. Node only.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { rasterize } from "./rasterize.ts";
import { replaceFile } from "./replaceFile.ts";
import { type FigureName, type FigureSettings, RunFigures } from "./RunFigures.ts";
import { themed } from "./theme.ts";

// A run of half a minute has its pictures at its end: the first drawing, by code that is not warm, takes five times as long as later
// ones (40 ms for the reference experiment, without what compiling costs other cores).
const SHORTEST_PAUSE_MS = 30_000;
// Drawing uses the processor that training needs: a pause of 399 drawings leaves it a quarter of a hundredth of the time.
const PAUSE_PER_DRAWING = 399;

// These come when training is over.
const PROMPT: ReadonlySet<TrainingEvent["type"]> = new Set(["samplesPredicted", "weightsShown", "runCompleted"]);

/** What a plot sink needs to know. */
export interface PlotSettings extends FigureSettings {
  /** The folder of the pictures; it is made with the first of them. */
  readonly folder: string;
  /** A clock in milliseconds, from any origin. */
  readonly now?: () => number;
}

/** A sink that draws a run as SVG and PNG files, each replaced as a whole. */
export class PlotSink implements Sink {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #figures: RunFigures;
  readonly #stale = new Set<FigureName>();
  // The latest drawings that have no PNG yet.
  readonly #unpainted = new Map<FigureName, string>();
  #pauseUntil: number;

  constructor({ folder, now = () => performance.now(), ...settings }: PlotSettings) {
    this.#folder = folder;
    this.#now = now;
    this.#pauseUntil = now() + SHORTEST_PAUSE_MS;
    this.#figures = new RunFigures(settings);
  }

  /** Takes an event that was drawn before: its figures are drawn again with the next one. */
  remember(event: TrainingEvent): void {
    for (const name of this.#figures.take(event)) this.#stale.add(name);
  }

  write(event: TrainingEvent): void | Promise<void> {
    this.remember(event);
    if (PROMPT.has(event.type) || this.#now() >= this.#pauseUntil) return this.#drawStale();
  }

  /** Draws what has changed since it was last drawn. */
  async flush(): Promise<void> {
    await this.#drawStale();
    for (const [name, svg] of this.#unpainted) {
      await replaceFile(join(this.#folder, `${name}.png`), await rasterize(svg));
      this.#unpainted.delete(name);
    }
  }

  async #drawStale(): Promise<void> {
    if (this.#stale.size === 0) return;
    const start = this.#now();
    await mkdir(this.#folder, { recursive: true });
    for (const name of this.#stale) {
      this.#stale.delete(name);
      const svg = this.#figures.draw(name);
      this.#unpainted.set(name, svg);
      await replaceFile(join(this.#folder, `${name}.svg`), themed(svg));
    }
    const end = this.#now();
    this.#pauseUntil = end + Math.max(SHORTEST_PAUSE_MS, PAUSE_PER_DRAWING * (end - start));
  }
}
