import type { TrainingEvent, TrainingFact } from "@downhill/sinks";

/**
 * Stamps the facts of run `run` with their place in the stream and the time. All sinks are given the same object, so it is
 * frozen to its depths: a sink that tries to change it fails, and no other sees it. Messages are shown through `redact`. The first one
 * is number `first`, 0 by default.
 */
export function stamper(
  run: string,
  redact: (message: string) => string = (message) => message,
  first = 0,
): (fact: TrainingFact) => TrainingEvent {
  let sequence = first;
  return (fact) => {
    const told = "message" in fact && fact.message !== undefined ? { ...fact, message: redact(fact.message) } : fact;
    return freeze({ version: 1, run, sequence: sequence++, at: new Date().toISOString(), ...told });
  };
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}
