// How long a call takes, by calling it again and again.

/** Calls that a turn has at least, however long they take. */
const LEAST_CALLS = 3;

/** The milliseconds of each call within a turn of about `milliseconds`. */
export function durations(milliseconds: number, call: () => void): number[] {
  const list: number[] = [];
  const end = performance.now() + milliseconds;
  let start = performance.now();
  while (list.length < LEAST_CALLS || start < end) {
    call();
    const now = performance.now();
    list.push(now - start);
    start = now;
  }
  return list;
}
