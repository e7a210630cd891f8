import { fixed, type Schedule } from "./Schedule.ts";

/** The learning rate as it is. */
export function constant(): Schedule {
  return fixed(() => 1);
}
