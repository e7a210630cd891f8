// Fork and join. The caller writes a job and raises the generation; every thread does its part; the caller waits until
// none is pending. Waiting spins first and sleeps after that, as at a barrier.
import { LATE_NAPS, NAP } from "./barrier";
import { BEGUN, FALLEN, GENERATION, JOB, MOST_THREADS, PENDING, SPINS, STOP, THREADS, WIDE } from "./control";
import { perform } from "./perform";

/** The life of helper `thread` (from 1): does its part of every job until the team stops. */
export function help(thread: i32): void {
  let seen = 0;
  while (true) {
    for (let spins = load<i32>(SPINS); spins > 0 && atomic.load<i32>(GENERATION) == seen; spins--) {}
    while (atomic.load<i32>(GENERATION) == seen) atomic.wait<i32>(GENERATION, seen, -1);
    seen = atomic.load<i32>(GENERATION);
    if (atomic.load<i32>(STOP) != 0) return;
    atomic.store<i32>(BEGUN + ((thread as usize) << 2), seen);
    perform(JOB, thread, load<i32>(THREADS));
    if (atomic.sub<i32>(PENDING, 1) == 1) atomic.notify(PENDING, 1);
  }
}

/** Some hundreds of microseconds, longer than the parts of a job differ: waking a thread takes longer than most jobs. */
const PATIENT_SPINS: i32 = 200_000;
/** Where there are more threads than cores, who spins keeps the one that it waits for from running. */
const CROWDED_SPINS: i32 = 100;

/** Makes the team `threads` strong; `wide` shapes its tiles, and `crowded` says that there are fewer cores. */
export function assemble(threads: i32, wide: bool, crowded: bool): void {
  store<i32>(SPINS, crowded ? CROWDED_SPINS : PATIENT_SPINS);
  store<i32>(THREADS, min(threads, MOST_THREADS));
  store<i32>(WIDE, wide as i32);
}

/** Does the job at JOB on this thread alone. */
export function performAlone(): void {
  perform(JOB, 0, 1);
}

/** The last act of helper `thread`, whose part has trapped: wakes the caller, so that it does not wait for it. */
export function fall(thread: i32): void {
  atomic.store<i32>(FALLEN, thread);
  atomic.notify(PENDING, 1);
}

/**
 * Does the job at JOB on all threads. Returns false if a helper has fallen, has not even begun after `patience` naps, or has
 * not finished after LATE_NAPS.
 */
export function fork(maySleep: bool, patience: i32): bool {
  const threads = load<i32>(THREADS);
  atomic.store<i32>(PENDING, threads - 1);
  const generation = atomic.add<i32>(GENERATION, 1) + 1;
  atomic.notify(GENERATION, threads - 1);
  perform(JOB, 0, threads);
  for (let spins = load<i32>(SPINS); spins > 0 && atomic.load<i32>(PENDING) != 0; spins--) {}
  for (let naps = 0; atomic.load<i32>(PENDING) != 0; ) {
    // A page's main thread must not sleep: there it goes on spinning.
    const pending = atomic.load<i32>(PENDING);
    if (atomic.load<i32>(FALLEN) != 0) return false;
    if (pending == 0 || !maySleep || atomic.wait<i32>(PENDING, pending, NAP) != 2) continue;
    if (++naps > patience && (naps > LATE_NAPS || !allBegun(generation, threads))) return false;
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
