// The words through which the threads of a team meet, in the shared memory. Those that are written often have a cache
// line of their own.
import { JOB_BYTES } from "./job";

/** The most threads a team can have. */
export const MOST_THREADS: i32 = 64;

/** The start of the control block. */
export const control: usize = memory.data(1536, 64);

/** Grows by one with every job that is handed out; helpers wait for it to change. */
export const GENERATION: usize = control;
/** Helpers that have not finished the job. */
export const PENDING: usize = control + 64;
/** Not 0: helpers leave. */
export const STOP: usize = control + 128;
/** Threads in the team, the caller included. */
export const THREADS: usize = control + 132;
/** Not 0: tiles are shaped for an engine that makes one 256-bit operation of two of 128. Changes no bit. */
export const WIDE: usize = control + 136;
/** Not 0: a kernel met an index beyond its matrix. */
export const FAULT: usize = control + 140;
/** The number of a helper that has died, 0 while all live. */
export const FALLEN: usize = control + 144;
/** Loads before a waiting thread goes to sleep. */
export const SPINS: usize = control + 148;
/** Steps of a program after which its replay ends before its time, 0 unless something has asked for it. */
export const HALT: usize = control + 152;
/** The step of the replay that the first thread is at, from 1. */
export const STEP: usize = control + 156;
/** Grows by one at each barrier that all threads have reached. */
export const PHASE: usize = control + 192;
/** Threads that wait at the barrier. */
export const ARRIVED: usize = control + 256;
/** Threads that have gone to sleep there. */
export const SLEEPING: usize = control + 260;
/** The job that is handed out. */
export const JOB: usize = control + 320;
/** The last generation that each thread has begun, i32 by thread. */
export const BEGUN: usize = JOB + JOB_BYTES;
/** What each thread has counted, i32 by thread, two sets. */
export const COUNTS: usize = BEGUN + (MOST_THREADS as usize) * 4;
