// Where threads wait for one another within a job or between two. Waiting spins first, for a barrier then costs a fraction
// of a microsecond, and sleeps after that.
import { ARRIVED, FALLEN, PHASE, SLEEPING, SPINS } from "./control";

/** Nanoseconds of a sleep after which a thread looks again. */
export const NAP: i64 = 10_000_000;
/** Naps after which a thread that has begun its part is taken for dead: parts are about equal, and a minute is long. */
export const LATE_NAPS: i32 = 6000;

/** Whether this thread may sleep: a page's main thread must not. */
let maySleep: bool = true;

/** Says whether this thread may sleep. */
export function allowSleep(allowed: bool): void {
  maySleep = allowed;
}

/** Returns when all `threads` threads have called it; traps if one of them will not. */
export function barrier(threads: i32): void {
  if (threads == 1) return;
  const phase = atomic.load<i32>(PHASE);
  if (atomic.add<i32>(ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(PHASE, 1);
    if (atomic.load<i32>(SLEEPING) != 0) atomic.notify(PHASE, -1);
    return;
  }
  for (let spins = load<i32>(SPINS); spins > 0; spins--) {
    if (atomic.load<i32>(PHASE) != phase) return;
  }
  for (let naps = 0; atomic.load<i32>(PHASE) == phase; ) {
    if (atomic.load<i32>(FALLEN) != 0 || naps > LATE_NAPS) unreachable();
    if (!maySleep) continue;
    atomic.add<i32>(SLEEPING, 1);
    if (atomic.wait<i32>(PHASE, phase, NAP) == 2) naps++;
    atomic.sub<i32>(SLEEPING, 1);
  }
}
