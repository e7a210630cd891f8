import type { TrainingEvent, TrainingFact } from "@downhill/sinks";

const LONGEST_MESSAGE = 1000;

/** How facts are stamped. */
export interface StamperOptions {
  /** How messages are shown. */
  redact?(message: string): string;
  /** The number of the first fact; 0 by default. */
  readonly first?: number;
}

/**
 * Stamps the facts of a run with their place in the stream and the time. All sinks are given the same object, so it is
 * frozen to its depths: a sink that tries to change it fails, and no other sees it.
 */
export class Stamper {
  readonly #run: string;
  readonly #redact: (message: string) => string;
  #next: number;
  #latest = 0;

  constructor(run: string, { redact = (message) => message, first = 0 }: StamperOptions = {}) {
    this.#run = run;
    this.#redact = redact;
    this.#next = first;
  }

  /** Stamps a fact with the next number, and the time, in milliseconds since 1970: `at`, but never one before that of an event that it has stamped before. */
  stamp(fact: TrainingFact, at: number = Date.now()): TrainingEvent {
    return this.confirm(this.stampAhead(fact, at));
  }

  /** The same, but whatever is stamped next is given the same number. */
  stampAhead(fact: TrainingFact, at: number = Date.now()): TrainingEvent {
    const told = "message" in fact && fact.message !== undefined ? { ...fact, message: shortened(this.#redact(fact.message)) } : fact;
    return freeze({ version: 1, run: this.#run, sequence: this.#next, at: this.#time(at), ...told });
  }

  /** Puts an event that was stamped ahead in its place: the same one, unless others have come before it. */
  confirm(event: TrainingEvent): TrainingEvent {
    const sequence = this.#next;
    this.#next += 1;
    return event.sequence === sequence ? event : freeze({ ...event, sequence, at: this.#time(Date.now()) });
  }

  // What a thread tells late may come behind what was stamped here meanwhile, and clocks are put back.
  #time(at: number): string {
    this.#latest = Math.max(this.#latest, at);
    return new Date(this.#latest).toISOString();
  }
}

/** A message as it may be shown: of what somebody's sink threw at most 1000 characters. */
export function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
