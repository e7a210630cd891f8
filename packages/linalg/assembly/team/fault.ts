// An index that a replayed step finds beyond its matrix: no call is there to check it, so the kernel leaves it out and
// says so, and the caller learns of it when the threads are back.
import { FAULT } from "./control";

/** Says that an index was out of bounds. */
export function raiseFault(): void {
  atomic.store<i32>(FAULT, 1);
}

/** Whether one was, since the last call. */
export function takeFault(): bool {
  return atomic.xchg<i32>(FAULT, 0) != 0;
}
