// The rows that wait to be sent, taken in requests that MLflow accepts.
import { MOST } from "./limits.ts";
import { type Entry, type Metric, type Rows, sizeOf } from "./rows.ts";

/** A queue of rows. */
export class Backlog {
  readonly #metrics: Metric[] = [];
  readonly #params: Entry[] = [];
  readonly #tags: Entry[] = [];

  /** Rows that wait. */
  get size(): number {
    return sizeOf({ metrics: this.#metrics, params: this.#params, tags: this.#tags });
  }

  /** Adds rows behind those that wait. */
  add({ metrics, params, tags }: Rows): void {
    for (const metric of metrics) this.#metrics.push(metric);
    for (const param of params) this.#params.push(param);
    for (const tag of tags) this.#tags.push(tag);
  }

  /** Takes the oldest rows out, as many of them as one request may hold. */
  take(): Rows {
    let rows = 0;
    let bytes = 0;
    const first = <Row>(waiting: Row[], most: number): Row[] => {
      let count = 0;
      while (count < Math.min(waiting.length, most) && rows < MOST.rows) {
        bytes += Buffer.byteLength(JSON.stringify(waiting[count])) + 1;
        if (bytes > MOST.bytes) break;
        rows += 1;
        count += 1;
      }
      return waiting.splice(0, count);
    };
    return { params: first(this.#params, MOST.params), tags: first(this.#tags, MOST.tags), metrics: first(this.#metrics, MOST.metrics) };
  }
}
