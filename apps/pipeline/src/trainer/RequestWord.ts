// What the main thread asks of training, as one word of memory that both threads have: a message would wait for the batches that
// training is at.
import type { StopSignal } from "@downhill/nn";

const [GO, STOP, REST] = [0, 1, 2];

/** Tells a pass to stop after the batch under way, for good or for a rest. */
export interface RestSignal extends StopSignal {
  /** Whether training is to end, and not only to rest; where nobody rests, whatever stops it ends it. */
  readonly stopped?: boolean;
  /** Whether training is to rest. */
  readonly resting?: boolean;
  /** Keeps the thread until training may go on, or is to end. */
  rested?(): void;
}

/** A request to stop or to rest, over 4 bytes of shared memory. */
export class RequestWord implements RestSignal {
  readonly #word: Int32Array;

  constructor(bytes: SharedArrayBuffer) {
    this.#word = new Int32Array(bytes);
  }

  /** Whether the pass under way is to stop. */
  get aborted(): boolean {
    return Atomics.load(this.#word, 0) !== GO;
  }

  get stopped(): boolean {
    return Atomics.load(this.#word, 0) === STOP;
  }

  get resting(): boolean {
    return Atomics.load(this.#word, 0) === REST;
  }

  /** Asks to end; nothing takes that back. */
  stop(): void {
    Atomics.store(this.#word, 0, STOP);
    Atomics.notify(this.#word, 0);
  }

  /** Asks to rest. */
  rest(): void {
    Atomics.compareExchange(this.#word, 0, GO, REST);
  }

  /** Ends a rest. */
  goOn(): void {
    Atomics.compareExchange(this.#word, 0, REST, GO);
    Atomics.notify(this.#word, 0);
  }

  rested(): void {
    while (this.resting) Atomics.wait(this.#word, 0, REST);
  }
}
