// A run as an event file of TensorBoard: numbers as scalars, and the figures that aren't curves as images. Drawing an image takes
// much of a processor that training needs, so images wait for the end, unless they are of an epoch under way. Node only.
import type { Sink } from "../contract/Sink.ts";
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { rasterize } from "../plot/rasterize.ts";
import { isCurve } from "../plot/runCurves.ts";
import { type FigureName, RunFigures } from "../plot/RunFigures.ts";
import { EventFile } from "./EventFile.ts";
import type { SummaryValue } from "./EventRecords.ts";
import { scalars } from "./scalars.ts";

// Where a PNG's first chunk holds its width and height.
const WIDTH_OFFSET = 16;

/** A sink that writes for TensorBoard; the file is made with the first event. */
export class TensorBoardSink implements Sink {
  readonly #folder: string;
  readonly #resumed: boolean;
  readonly #figures = new RunFigures();
  // Figures that are to be drawn, and the epoch that they are of.
  readonly #due = new Map<FigureName, number>();
  #file: EventFile | undefined;
  #epoch = 0;
  #wallTime = 0;

  /** Writes into `folder`. A run that is `resumed` is told again from its first event, and earlier files of it no longer count. */
  constructor(folder: string, resumed: boolean) {
    this.#folder = folder;
    this.#resumed = resumed;
  }

  write(event: TrainingEvent): void | Promise<void> {
    this.#wallTime = Date.parse(event.at) / 1000;
    if (event.type !== "epochCompleted") return this.#writeRare(event);
    // It brings curves alone, which TensorBoard draws itself.
    this.#epoch = event.epoch;
    return this.#append(scalars(event), this.#epoch);
  }

  async #writeRare(event: TrainingEvent): Promise<void> {
    await this.#append(scalars(event), this.#epoch);
    for (const name of this.#figures.take(event)) if (!isCurve(name)) this.#due.set(name, this.#epoch);
    // What is shown while training goes on comes again, and TensorBoard shows one beside the other.
    if ((event.type === "samplesPredicted" || event.type === "weightsShown") && event.epoch !== undefined) await this.#drawDue();
  }

  /** Waits until the disk holds everything that was written. */
  async flush(): Promise<void> {
    await this.#drawDue();
    await this.#file?.sync();
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #drawDue(): Promise<void> {
    for (const [name, epoch] of this.#due) {
      this.#due.delete(name);
      const png = await rasterize(this.#figures.draw(name));
      const size = new DataView(png.buffer, png.byteOffset + WIDTH_OFFSET, 8);
      await this.#append([{ tag: `figures/${name}`, width: size.getUint32(0), height: size.getUint32(4), png }], epoch);
    }
  }

  #append(values: readonly SummaryValue[], epoch: number): void | Promise<void> {
    if (this.#file === undefined) return this.#create().then(() => this.#append(values, epoch));
    if (values.length > 0) return this.#file.append(this.#wallTime, epoch, values);
  }

  async #create(): Promise<void> {
    this.#file = await EventFile.create(this.#folder, this.#wallTime);
    if (this.#resumed) await this.#file.restart(this.#wallTime);
  }
}
