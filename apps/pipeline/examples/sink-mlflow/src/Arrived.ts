// What a run on the server holds, as far as the sink must know not to send it twice. MLflow tells the latest value of each metric with
// its step. The sink sends the steps of a key in order, one request at a time, and a server that takes part of a request takes its
// beginning; so every step up to the latest has arrived, and none after it.
import type { RunData } from "./answers.ts";
import type { Entry, Metric, Rows } from "./rows.ts";

/** Which rows have arrived. */
export class Arrived {
  readonly #latestStep: ReadonlyMap<string, number>;
  readonly #params: ReadonlySet<string>;

  constructor({ metrics = [], params = [] }: RunData = {}) {
    this.#latestStep = new Map(metrics.map(({ key, step = 0 }) => [key, Number(step)]));
    this.#params = new Set(params.map(({ key }) => key));
  }

  /** The rows that have not arrived; tags are always among them, for a tag may be set as often as one likes. */
  missing({ metrics, params, tags }: Rows): Rows {
    return {
      metrics: metrics.filter(({ key, step }: Metric) => step > (this.#latestStep.get(key) ?? Number.NEGATIVE_INFINITY)),
      // A param can't be changed, so another value for it is no reason to send it.
      params: params.filter(({ key }: Entry) => !this.#params.has(key)),
      tags,
    };
  }
}
