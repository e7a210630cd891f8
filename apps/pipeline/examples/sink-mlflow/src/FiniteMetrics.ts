// MLflow has no good place for NaN and infinite numbers: its page of a run with a NaN failed to load in 3.1 (mlflow/mlflow#16555), and
// its databases hold 1.8e308 for infinity. They are left out, which is a gap in a curve, and counted.
import type { Metric } from "./rows.ts";

/** Lets finite metrics pass and counts the others by key. */
export class FiniteMetrics {
  readonly #left = new Map<string, number>();

  /** The finite ones. */
  of(metrics: readonly Metric[]): Metric[] {
    return metrics.filter(({ key, value }) => {
      const finite = Number.isFinite(value);
      if (!finite) this.#left.set(key, (this.#left.get(key) ?? 0) + 1);
      return finite;
    });
  }

  /** What was left out, as "cost 2, validation.cost 1"; empty where nothing was. */
  get leftOut(): string {
    return [...this.#left].map(([key, count]) => `${key} ${count}`).join(", ");
  }
}
