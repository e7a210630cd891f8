// The verdict over all outcomes: what most of them agree on, and who does not.
import type { Combination } from "./combinations.ts";
import type { Outcome } from "./runCombination.ts";

/** A combination with what came of it. */
export interface Run {
  readonly combination: Combination;
  readonly outcome: Outcome;
}

/** What most runs made of one experiment. */
export interface Agreement {
  readonly name: string;
  readonly cost: number;
  readonly sha256: string;
  /** Runs with these weights. */
  readonly runs: number;
}

/** Where a run stands among the others. */
export type Standing = "same" | "odd" | "failed" | "skipped";

/** The weights of each experiment that most runs have. */
export function agreements(runs: readonly Run[]): Agreement[] {
  const all = runs.flatMap(({ outcome }) => (outcome.state === "trained" ? outcome.experiments : []));
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const results = all.filter((result) => result.name === name);
    const votes = results.map(({ sha256 }) => results.filter((other) => other.sha256 === sha256).length);
    const winner = results[votes.indexOf(Math.max(...votes))];
    return { ...winner, runs: Math.max(...votes) };
  });
}

/** Whether `run` has the weights of `agreed` in every experiment. */
export function standing({ outcome }: Run, agreed: readonly Agreement[]): Standing {
  return outcome.state === "trained" ? (oddExperiments(outcome.experiments, agreed).length === 0 ? "same" : "odd") : outcome.state;
}

/** The names of the experiments whose weights are not the agreed ones. */
export function oddExperiments(
  experiments: readonly { readonly name: string; readonly sha256: string }[],
  agreed: readonly Agreement[],
): string[] {
  return experiments.filter(({ name, sha256 }) => agreed.find((other) => other.name === name)?.sha256 !== sha256).map(({ name }) => name);
}
