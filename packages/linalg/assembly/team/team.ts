// Fork and join. The caller writes a job and raises the generation; every thread does its part; the caller waits until
// none is pending. Waiting spins first, for a barrier then costs a fraction of a microsecond, and sleeps after that.
import { BEGUN, FALLEN, GENERATION, MOST_THREADS, OPERATION, PENDING, STOP, THREADS } from "./control";
import { perform } from "./perform";

/** Loads before a waiting thread goes to sleep: some tens of microseconds. */
const SPINS: i32 = 20_000;
/** Nanoseconds of a sleep after which the caller looks again. */
const NAP: i64 = 10_000_000;
/** Parts are about equal, so a helper that needs so many times the patience longer than the caller is dead too. */
const LATE: i32 = 6;

/** The life of helper `thread` (from 1): does its part of every job until the team stops. */
export function help(thread: i32): void {
  let seen = 0;
  while (true) {
    for (let spins = 0; spins < SPINS && atomic.load<i32>(GENERATION) == seen; spins++) {}
    while (atomic.load<i32>(GENERATION) == seen) atomic.wait<i32>(GENERATION, seen, -1);
    seen = atomic.load<i32>(GENERATION);
    if (atomic.load<i32>(STOP) != 0) return;
    atomic.store<i32>(BEGUN + ((thread as usize) << 2), seen);
    perform(load<i32>(OPERATION), thread, load<i32>(THREADS));
    if (atomic.sub<i32>(PENDING, 1) == 1) atomic.notify(PENDING, 1);
  }
}

/** Makes the team `threads` strong. */
export function assemble(threads: i32): void {
  store<i32>(THREADS, min(threads, MOST_THREADS));
}

/** The last act of helper `thread`, whose part has trapped: wakes the caller, so that it does not wait for it. */
export function fall(thread: i32): void {
  atomic.store<i32>(FALLEN, thread);
  atomic.notify(PENDING, 1);
}

/**
 * Does the job in the control block on all threads. Returns false if a helper has fallen, has not even begun after `patience`
 * naps, or has not finished after LATE times as many.
 */
export function fork(op: i32, maySleep: bool, patience: i32): bool {
  const threads = load<i32>(THREADS);
  store<i32>(OPERATION, op);
  atomic.store<i32>(PENDING, threads - 1);
  const generation = atomic.add<i32>(GENERATION, 1) + 1;
  atomic.notify(GENERATION, threads - 1);
  perform(op, 0, threads);
  for (let spins = 0; spins < SPINS && atomic.load<i32>(PENDING) != 0; spins++) {}
  for (let naps = 0; atomic.load<i32>(PENDING) != 0; ) {
    // A page's main thread must not sleep: there it goes on spinning.
    const pending = atomic.load<i32>(PENDING);
    if (atomic.load<i32>(FALLEN) != 0) return false;
    if (pending == 0 || !maySleep || atomic.wait<i32>(PENDING, pending, NAP) != 2) continue;
    if (++naps > patience && (naps > LATE * patience || !allBegun(generation, threads))) return false;
  }
  return true;
}

/** Sends the helpers home. */
export function dismiss(): void {
  atomic.store<i32>(STOP, 1);
  atomic.add<i32>(GENERATION, 1);
  atomic.notify(GENERATION, -1);
}

function allBegun(generation: i32, threads: i32): bool {
  for (let thread = 1; thread < threads; thread++) {
    if (atomic.load<i32>(BEGUN + ((thread as usize) << 2)) != generation) return false;
  }
  return true;
}
