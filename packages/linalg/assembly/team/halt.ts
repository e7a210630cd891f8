// A step that makes no sense to go on from ends the replay: the one under way is completed, and no other begins. The word says
// how many steps that makes, and not just "stop", since threads that are behind look at it at an earlier step.
import { HALT, STEP } from "./control";

/** Ends the replay with this step if the f64 at `cell` is not finite. */
export function haltUnlessFinite(cell: usize): void {
  const value = load<f64>(cell);
  if (!isFinite(value) && atomic.load<i32>(HALT) == 0) atomic.store<i32>(HALT, load<i32>(STEP));
}

/** How many steps the last replay made before it was ended, or 0 if it was not; asks once. */
export function takeHalt(): i32 {
  return atomic.xchg<i32>(HALT, 0);
}
