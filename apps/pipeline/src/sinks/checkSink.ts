import type { Sink } from "@downhill/sinks";

/** What a plugin has opened, which may be anything. Throws an Error if it is no sink. */
export function checkSink(opened: unknown): Sink {
  if (typeof opened === "object" && opened !== null && typeof (opened as Partial<Sink>).write === "function") return opened as Sink;
  throw new Error("it returned no sink: expected an object with write(event)");
}
