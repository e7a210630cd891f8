// When a thread must wait for the others: before it touches what another one wrote, or writes what another one reads.
import type { Call, Operand } from "./Call.ts";

/** A call with the number of threads that do it: all of them, or the first one alone. */
export interface Placed {
  readonly call: Call;
  readonly shared: boolean;
}

/** Whether the order of two calls matters, whoever does them. */
export function depends(first: Call, second: Call): boolean {
  return touches(first, second, overlaps);
}

/** Whether `second` must wait until all of `threads` threads have done `first`. */
export function needsBarrier(first: Placed, second: Placed, threads: number): boolean {
  return touches(first.call, second.call, (a, b) => overlaps(a, b) && crossThreads(part(a, first, threads), part(b, second, threads)));

  function crossThreads(a: readonly Range[], b: readonly Range[]): boolean {
    return a.some((x, thread) => b.some((y, other) => thread !== other && x[0] < y[1] && y[0] < x[1]));
  }
}

type Range = readonly [start: number, end: number];

function touches(first: Call, second: Call, meet: (a: Operand, b: Operand) => boolean): boolean {
  const some = (left: readonly Operand[], right: readonly Operand[]): boolean => left.some((a) => right.some((b) => meet(a, b)));
  return some(first.writes, second.reads) || some(first.writes, second.writes) || some(first.reads, second.writes);
}

/** Whether two operands have memory in common. */
export function overlaps(a: Operand, b: Operand): boolean {
  return a.start < b.end && b.start < a.end;
}

// What each thread touches of an operand. The formula is that of assembly/team/part.ts.
function part({ start, end, itemBytes, items = 0, unit = 1 }: Operand, { shared }: Placed, threads: number): readonly Range[] {
  if (!shared) return [[start, end]];
  const units = Math.ceil(items / unit);
  const boundary = (thread: number): number =>
    start + Math.min(items, Math.floor((units * thread) / threads) * unit) * (itemBytes as number);
  return Array.from({ length: threads }, (_, thread) =>
    itemBytes === undefined ? [start, end] : [boundary(thread), boundary(thread + 1)],
  );
}
