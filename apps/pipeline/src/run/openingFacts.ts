import type { TrainingFact } from "@downhill/sinks";
import type { LoadedConfig } from "../config/loadConfig.ts";
import type { RunningTrainer } from "../startTrainer.ts";
import { environmentOf } from "./environment.ts";
import type { Manifest } from "./manifest.ts";

/** What is told before the first epoch. */
export function openingFacts({ config, shown }: LoadedConfig, manifest: Manifest, { loaded }: RunningTrainer): TrainingFact[] {
  const { sets, model, shown: pictures, notices } = loaded;
  return [
    { type: "runStarted", name: config.name, config: shown, epochs: config.epochs, environment: environmentOf(manifest, loaded) },
    { type: "dataLoaded", sets, model },
    ...notices.map((message): TrainingFact => ({ type: "warningRaised", message })),
    ...pictures,
  ];
}
