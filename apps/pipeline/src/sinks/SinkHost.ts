// All sinks of a run. A sink that fails is reported to the others and changes nothing else, unless it is required.
import type { RunCompleted, RunEnd, TrainingEvent, TrainingFact, WarningRaised } from "@downhill/sinks";
import { EXIT, PipelineError } from "../PipelineError.ts";
import type { Stamper } from "../run/Stamper.ts";
import { SinkQueue, type SinkQueueOptions } from "./SinkQueue.ts";

/** A sink that failed, and why. */
export interface SinkFailure {
  readonly sink: string;
  readonly message: string;
}

/** The sink that prints failures itself. */
const CONSOLE = "console";

/** Stamps facts and delivers them to every sink. */
export class SinkHost {
  readonly #stamper: Stamper;
  readonly #queues: readonly SinkQueue[];
  readonly #say: (failure: SinkFailure) => void;
  readonly #reported = new Set<SinkQueue>();
  #begun = false;

  /** `say` is given each failure that no event tells, or no console. */
  constructor(stamper: Stamper, sinks: readonly SinkQueueOptions[], say: (failure: SinkFailure) => void = () => undefined) {
    this.#stamper = stamper;
    this.#say = say;
    this.#queues = sinks.map((sink) => new SinkQueue(sink));
  }

  /** Opens every sink. */
  async open(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.open()));
  }

  /**
   * Resolves with the stamped event when every queue has taken it; sinks that have failed are reported before it, unless it is the
   * first. The fact came about `at` that time, in milliseconds since 1970; now by default.
   */
  async write(fact: TrainingFact, at?: number): Promise<TrainingEvent> {
    if (this.#begun) this.#report();
    this.#begun = true;
    const event = this.#stamper.stamp(fact, at);
    await Promise.all(this.#queues.map((queue) => queue.write(event)));
    return event;
  }

  /**
   * Delivers the last fact, which no full queue holds up. Guests are told it and closed first: what fails in that is still told to
   * the others before it, under the number that it had for the guests; and if one of them was required, the others are told of a run that failed.
   */
  async complete(fact: RunCompleted): Promise<TrainingEvent> {
    // Whatever still waits may fail now, before the run is said to be over.
    await Promise.all(this.#queues.filter(({ guest }) => !guest).map((queue) => queue.finish()));
    if (this.#begun) this.#report();
    this.#begun = true;
    for (const queue of this.#queues) if (queue.dropped > 0) this.#push(this.#stamper.stamp(missed(queue)));
    const guests = this.#queues.filter(({ guest }) => guest);
    const ahead = this.#stamper.stampAhead(fact);
    for (const guest of guests) guest.push(ahead);
    await Promise.all(guests.map((guest) => guest.close(fact.reason)));
    this.#report();
    const failure = fact.message === undefined ? this.#requiredFailure() : undefined;
    const event =
      failure === undefined ? this.#stamper.confirm(ahead) : this.#stamper.stamp({ ...fact, reason: "failed", message: failure });
    this.#push(event);
    return event;
  }

  /** Resolves when what was delivered so far to the required sinks will outlast this process, or they were dropped. */
  async settleRequired(): Promise<void> {
    await Promise.all(this.#queues.filter(({ required }) => required).map((queue) => queue.settle()));
  }

  /** Resolves when what was delivered so far to the sinks of that name will outlast this process, or they were dropped. */
  async settle(sink: string): Promise<void> {
    await Promise.all(this.#queues.filter(({ name }) => name === sink).map((queue) => queue.settle()));
  }

  /** Empties the queues and closes every sink; failures now come too late for events. */
  async close(reason: RunEnd): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.close(reason)));
    // A required one is told as the run's failure.
    for (const { name, required, failure = "" } of this.#unreported()) if (!required) this.#say({ sink: name, message: failure });
  }

  /** Throws a PipelineError (sink) if a required sink has failed. */
  checkRequired(): void {
    const failure = this.#requiredFailure();
    if (failure !== undefined) throw new PipelineError(EXIT.sink, failure);
  }

  #requiredFailure(): string | undefined {
    const failed = this.#queues.find(({ failure, required }) => failure !== undefined && required);
    return failed && `the required sink ${failed.name} failed: ${failed.failure}`;
  }

  #report(): void {
    for (const queue of this.#unreported()) {
      const failure: SinkFailure = { sink: queue.name, message: queue.failure ?? "" };
      this.#reported.add(queue);
      this.#push(this.#stamper.stamp({ type: "sinkFailed", ...failure }));
      const told = this.#queues.some(({ name, failure: ill }) => name === CONSOLE && ill === undefined);
      if (!told && !queue.required) this.#say(failure);
    }
  }

  #unreported(): SinkQueue[] {
    return this.#queues.filter((queue) => queue.failure !== undefined && !this.#reported.has(queue));
  }

  // Of the few that come beside training: whoever is behind is not waited for.
  #push(event: TrainingEvent): void {
    for (const queue of this.#queues) queue.push(event);
  }
}

function missed({ name, dropped }: SinkQueue): WarningRaised {
  const events = dropped === 1 ? "an epoch or batch" : `${dropped} epochs or batches`;
  return { type: "warningRaised", message: `the sink ${name} was too slow for ${events}, which it was not told` };
}
