// A program: the jobs of a step one after another, as often as asked, on all threads and without leaving WebAssembly. A
// thread waits for the others only where a job says so.
import { barrier } from "./barrier";
import { HALT, STEP } from "./control";
import { BARRIER, EPILOGUE, JOB_BYTES, SHARED } from "./job";
import { perform } from "./perform";

/** Replays `count` jobs at `program` `times` times. */
export function replay(program: usize, count: i32, times: i32, thread: i32, threads: i32): void {
  const end = program + (count as usize) * JOB_BYTES;
  for (let time = 0; time < times; time++) {
    for (let job = program; job < end; ) {
      if (load<i32>(job, BARRIER) != 0) barrier(threads);
      // Behind the first job's barrier every thread knows what the last step has asked for.
      if (job == program) {
        const halt = atomic.load<i32>(HALT);
        if (halt != 0 && halt <= time) return;
        if (thread == 0) store<i32>(STEP, time + 1);
      }
      if (load<i32>(job, SHARED) != 0) perform(job, thread, threads);
      else if (thread == 0) perform(job, 0, 1);
      job += ((1 + load<i32>(job, EPILOGUE)) as usize) * JOB_BYTES;
    }
  }
}
