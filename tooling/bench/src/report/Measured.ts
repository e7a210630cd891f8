// What the rounds gave for one contestant, and the ratios of ours to the rivals.
import { median, type Ratio } from "./ratio.ts";

/** A contestant with its figures, round by round. */
export interface Measured {
  readonly who: string;
  readonly version: string;
  readonly figures: readonly number[];
}

/** One a name, where a rival raced in several ways: the one with the best median, the least or the most. */
export function atTheirBest(all: readonly Measured[], best: "least" | "most"): Measured[] {
  const sign = best === "least" ? 1 : -1;
  const names = [...new Set(all.map(({ who }) => who))];
  return names.map(
    (name) => all.filter(({ who }) => who === name).toSorted((one, other) => sign * (median(one.figures) - median(other.figures)))[0],
  );
}

/** Ours, by the way it is executed. */
const OURS: readonly string[] = ["narrow", "wide"];

/** `ours/rival` by `ratioOf`, each of ours over each of the others; `suffix` is put after every name, as `@case`. */
export function rivalRatios(
  all: readonly Measured[],
  ratioOf: (name: string, ours: readonly number[], rival: readonly number[]) => Ratio,
  suffix = "",
): Ratio[] {
  const rivals = all.filter(({ who }) => !OURS.includes(who));
  return all
    .filter(({ who }) => OURS.includes(who))
    .flatMap((own) => rivals.map((rival) => ratioOf(`${own.who}/${rival.who}${suffix}`, own.figures, rival.figures)));
}
