// Facts on their way to the main thread. Whoever has slept is slow to begin with: a thread that is woken for every epoch of a
// few milliseconds takes ten times as long for each as one that is given a dozen of them, and takes that from training. So
// facts that come fast travel together.
import type { TimedFact, TrainerFact } from "./protocol.ts";
import { Credits } from "./Credits.ts";

/** For how long facts wait for company, in milliseconds: too short to be seen. */
const TOGETHER_MS = 100;

// What is rare is sent at once. No timer can send what is held, for the thread is busy until it tells the next fact: so a long epoch,
// whose like may follow, waits for none.
function isRare(fact: TrainerFact): boolean {
  if (fact.type === "epochCompleted") return fact.durationMs >= TOGETHER_MS;
  return fact.type !== "batchCompleted";
}

/** Sends facts in their order, a parcel at a time: the next one when the host has queued the one before. */
export class Outbox {
  readonly #post: (facts: readonly TimedFact[]) => void;
  readonly #together: number;
  readonly #credits = new Credits(1);
  #held: TimedFact[] = [];
  #sentAt = Number.NEGATIVE_INFINITY;

  /** `post` hands a parcel over, of at most `together` facts, for which the host gives a credit. */
  constructor(post: (facts: readonly TimedFact[]) => void, together: number) {
    this.#post = post;
    this.#together = together;
  }

  /**
   * Takes a fact. Where a parcel is due it resolves when that is sent, so that a host that is behind holds training back; and where facts
   * don't travel together, when the host has queued it.
   */
  async tell(fact: TrainerFact): Promise<void> {
    this.#held.push({ at: Date.now(), fact });
    if (this.#together === 1) await this.delivered();
    else if (this.#held.length >= this.#together || isRare(fact) || performance.now() - this.#sentAt >= TOGETHER_MS) await this.send();
  }

  /** Sends what is held, whether it is due or not. */
  async send(): Promise<void> {
    if (this.#held.length === 0) return;
    await this.#credits.take();
    this.#post(this.#held);
    this.#held = [];
    this.#sentAt = performance.now();
  }

  /** Resolves when the host has queued all that was told. */
  async delivered(): Promise<void> {
    await this.send();
    await this.#credits.take();
    this.#credits.give();
  }

  /** Takes the host's word that it has queued a parcel. */
  credit(): void {
    this.#credits.give();
  }
}
