// What a page has to be told so far, from wherever it stands: every epoch, and the newest state of every other part. It is
// pulled by whoever has a reader, so taking an event costs next to nothing while nobody reads.
import type { TrainingEvent } from "../contract/TrainingEvent.ts";
import { RunRecord } from "../report/RunRecord.ts";
import { EpochTable } from "./EpochTable.ts";
import { epochNumbers } from "./page/epochRow.ts";
import { PARTS } from "./parts.ts";

/** Some 50 KB: what a client that doesn't read can keep waiting. */
const ROWS_A_MESSAGE = 500;
const MOST_TOLD = 8;
/** The older ones give way. */
const MOST_WARNINGS = 500;

/** A message of the stream of server-sent events, and the sequence up to which a page knows all when it has taken it. */
export interface Message {
  readonly id: number;
  readonly text: string;
}

/** A part as it was last changed; its HTML is made when somebody asks. */
interface State {
  changedAt: number;
  html: string | undefined;
}

/** Takes a run's events and tells them from any sequence on. */
export class RunHistory {
  readonly #epochs = new EpochTable();
  readonly #record = new RunRecord();
  readonly #states = new Map<string, State>();
  // What was last told, by where the page stood: pages that are open all along stand at the same place.
  readonly #told = new Map<number, Message | undefined>();
  #toldUntil = -1;
  #endedAt: number | undefined;
  #newest = -1;

  /** The sequence of the event that was taken last; -1 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** Takes the next event. */
  take(event: TrainingEvent): void {
    this.#newest = event.sequence;
    this.#told.clear();
    if (event.type === "epochCompleted") {
      // Not for the record, whose figures would keep the curves once more.
      this.#record.latest = event;
      this.#epochs.push(event.sequence, epochNumbers(event));
      return;
    }
    this.#record.take(event);
    if (event.type === "runCompleted") this.#endedAt = event.sequence;
    this.#record.warnings.splice(0, this.#record.warnings.length - MOST_WARNINGS);
    for (const [name, { types }] of Object.entries(PARTS)) {
      if (types.includes(event.type)) this.#states.set(name, { changedAt: event.sequence, html: undefined });
    }
  }

  /** The next message for a page that knows everything up to the sequence `after`, of what came up to `until`; undefined when there is none. */
  next(after: number, until: number = this.#newest): Message | undefined {
    if (until !== this.#toldUntil) this.#told.clear();
    this.#toldUntil = until;
    if (this.#told.has(after)) return this.#told.get(after);
    const changed = [...this.#states.values()]
      .map(({ changedAt }) => changedAt)
      .filter((sequence) => sequence > after && sequence <= until);
    const next =
      this.#nextEpochs(after, Math.min(until, ...changed)) ?? (changed.length > 0 ? this.#partsOf(Math.min(...changed)) : undefined);
    // Not all of a long run for a page that comes late.
    if (this.#told.size < MOST_TOLD) this.#told.set(after, next);
    return next;
  }

  #nextEpochs(after: number, before: number): Message | undefined {
    const first = this.#epochs.firstAfter(after);
    const end = Math.min(first + ROWS_A_MESSAGE, this.#epochs.firstAfter(before));
    if (end <= first) return undefined;
    const rows = Array.from({ length: end - first }, (_, place) => this.#epochs.row(first + place));
    return message("epochs", this.#epochs.sequenceAt(end - 1), rows);
  }

  // All that one event changed is one message: half of it would be told under an id that promises the whole.
  #partsOf(sequence: number): Message {
    const changed = [...this.#states].filter(([, { changedAt }]) => changedAt === sequence);
    return message(
      sequence === this.#endedAt ? "ended" : "parts",
      sequence,
      Object.fromEntries(changed.map(([name, state]) => [name, this.#htmlOf(name, state)])),
    );
  }

  #htmlOf(name: string, state: State): string {
    state.html ??= PARTS[name].html(this.#record);
    return state.html;
  }
}

function message(type: string, id: number, data: unknown): Message {
  return { id, text: `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n` };
}
