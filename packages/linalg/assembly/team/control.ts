// The words through which the threads of a team meet, in the shared memory. Those that are written often have a cache
// line of their own.

/** The start of the control block. */
export const control: usize = memory.data(1024, 64);

/** Grows by one with every job; helpers wait for it to change. */
export const GENERATION: usize = control;
/** Helpers that have not finished the job. */
export const PENDING: usize = control + 64;
/** Not 0: helpers leave. */
export const STOP: usize = control + 128;
/** Threads in the team, the caller included. */
export const THREADS: usize = control + 132;
/** The number of a helper that has died, 0 while all live. */
export const FALLEN: usize = control + 136;
/** The operation of the job. */
export const OPERATION: usize = control + 192;
/** Its arguments, 16 numbers of f64: whole numbers, addresses and f32 are exact in it. */
export const ARGUMENTS: usize = control + 256;
/** The last generation that each thread has begun, i32 by thread. */
export const BEGUN: usize = control + 448;

/** The most threads a team can have: the room at BEGUN. */
export const MOST_THREADS: i32 = 64;
