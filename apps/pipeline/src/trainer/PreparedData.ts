// The config's data, read and fitted, before there is a model.
import type { Preprocessing, Samples, SetCheck } from "@downhill/data";
import type { Linalg } from "@downhill/linalg";
import type { Loss } from "@downhill/nn";
import type { Picture } from "@downhill/sinks";
import type { SetName } from "./loadSets.ts";
import type { TrainingSets } from "./TrainingSet.ts";

/** What a model is made for, and is then trained on. */
export interface PreparedData {
  /** The training samples as the model sees them; of streamed ones, what they have in common. */
  readonly train: Samples;
  readonly counts: Readonly<Partial<Record<SetName, number>> & Record<"train", number>>;
  readonly preprocessing: Preprocessing;
  /** What was found in each set, the training set first. */
  readonly checks: readonly SetCheck[];
  /** Lines that a person should read. */
  readonly notices: readonly string[];
  /** Images of each set as they were read. */
  readonly shown: Readonly<Record<SetName, readonly Picture[]>>;
  /** The rows that a shuffle of streamed training samples holds, and the bytes of each. */
  readonly window?: { readonly rows: number; readonly rowBytes: number };
  /** Makes the sets ready to be trained on. */
  place(linalg: Linalg, loss: Loss): TrainingSets;
}
