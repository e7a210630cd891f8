import type { TrainingEvent, TrainingFact } from "@downhill/sinks";

/** Stamps the facts of run `run` with their place in the stream and the time. */
export function stamper(run: string): (fact: TrainingFact) => TrainingEvent {
  let sequence = 0;
  return (fact) => ({ version: 1, run, sequence: sequence++, at: new Date().toISOString(), ...fact });
}
