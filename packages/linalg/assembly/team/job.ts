// A job is one operation with its arguments, in memory: handed out singly, or one of many in a program.

/** Bytes of a job: a header of one cache line, and 24 arguments. */
export const JOB_BYTES: usize = 256;

/** The operation's number, i32. */
export const OPERATION: usize = 0;
/** Not 0: all threads share the job; 0: the first one does it. i32. */
export const SHARED: usize = 4;
/** Not 0: threads wait for one another before it, since it reads what another one wrote. i32. */
export const BARRIER: usize = 8;
/** How many jobs behind it are done block by block within it. i32. */
export const EPILOGUE: usize = 12;
/** The arguments, f64 each. */
export const ARGUMENTS: usize = 64;
