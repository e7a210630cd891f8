// All sinks of a run. A sink that fails is reported to the others and changes nothing else, unless it is required.
import type { RunEnd, TrainingEvent, TrainingFact } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { SinkQueue, type SinkQueueOptions } from "./SinkQueue.ts";

/** Gives a fact its stamp. */
export type Stamp = (fact: TrainingFact) => TrainingEvent;

/** Stamps facts and delivers them to every sink. */
export class SinkHost {
  readonly #stamp: Stamp;
  readonly #queues: readonly SinkQueue[];
  readonly #reported = new Set<SinkQueue>();
  #begun = false;

  constructor(stamp: Stamp, sinks: readonly SinkQueueOptions[]) {
    this.#stamp = stamp;
    this.#queues = sinks.map((sink) => new SinkQueue(sink));
  }

  /** Opens every sink. */
  async open(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.open()));
  }

  /** Resolves with the stamped event when every queue has taken it; sinks that have failed are reported before it, unless it is the first. */
  async write(fact: TrainingFact): Promise<TrainingEvent> {
    if (this.#begun) await this.#report();
    this.#begun = true;
    const event = this.#stamp(fact);
    await this.#deliver(event);
    return event;
  }

  /** Resolves when every sink has taken what was delivered to it. */
  async drain(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.drain()));
  }

  /** Resolves when what was delivered so far to the sinks of that name will outlast this process, or they were dropped. */
  async settle(sink: string): Promise<void> {
    await Promise.all(this.#queues.filter(({ name }) => name === sink).map((queue) => queue.settle()));
  }

  /** Empties the queues and closes every sink; returns the failures, but of required sinks, that came too late to be reported as events. */
  async close(reason: RunEnd): Promise<{ readonly sink: string; readonly message: string }[]> {
    await Promise.all(this.#queues.map((queue) => queue.close(reason)));
    const late = this.#unreported().filter(({ required }) => !required);
    return late.map(({ name, failure = "" }) => ({ sink: name, message: failure }));
  }

  /** Throws a PipelineError (sink) if a required sink has failed. */
  checkRequired(): void {
    const failed = this.#queues.find(({ failure, required }) => failure !== undefined && required);
    if (failed !== undefined) throw new PipelineError(EXIT.sink, `the required sink ${failed.name} failed: ${failed.failure}`);
  }

  async #report(): Promise<void> {
    for (const queue of this.#unreported()) {
      this.#reported.add(queue);
      await this.#deliver(this.#stamp({ type: "sinkFailed", sink: queue.name, message: queue.failure ?? "" }));
    }
  }

  #unreported(): SinkQueue[] {
    return this.#queues.filter((queue) => queue.failure !== undefined && !this.#reported.has(queue));
  }

  async #deliver(event: TrainingEvent): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.write(event)));
  }
}
