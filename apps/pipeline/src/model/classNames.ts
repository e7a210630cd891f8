import type { Preprocessing } from "@downhill/data";

/** A name for each output: a model may have more of them than its training data had classes. */
export function classNames({ classes = [] }: Preprocessing, outputs: number): string[] {
  return Array.from({ length: outputs }, (_, index) => classes[index] ?? String(index));
}
