// The images that the experiments train on: the real ones where they are, else the digits that come with the repository.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A training set of 28 × 28 images in two files. */
export interface TrainingFiles {
  readonly name: string;
  readonly features: string;
  readonly labels: string;
}

/** The mini-MNIST of the folder DOWNHILL_DATA, or the bundled digits. */
export function trainingFiles(): TrainingFiles {
  const folder = resolve(ROOT, process.env["DOWNHILL_DATA"] || "../shared/data", "mini-mnist");
  const [features, labels] = [resolve(folder, "train_X.csv"), resolve(folder, "train_label.csv")];
  if (existsSync(features) && existsSync(labels)) return { name: "mini-MNIST", features, labels };
  const bundled = resolve(ROOT, "apps/pipeline/examples/digits");
  return { name: "the bundled digits", features: resolve(bundled, "train_X.csv.gz"), labels: resolve(bundled, "train_label.csv.gz") };
}
