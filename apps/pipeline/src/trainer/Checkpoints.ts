// Writes the state of a run where a checkpoint is due. A disk that won't take one costs a warning and not the training.
import { relative, dirname } from "node:path";
import type { CheckpointSaved, WarningRaised } from "@downhill/sinks";
import type { Checkpoint } from "../checkpoint/Checkpoint.ts";
import { CheckpointFolder } from "../checkpoint/CheckpointFolder.ts";
import { CheckpointPace } from "../checkpoint/CheckpointPace.ts";
import { encodeCheckpoint } from "../checkpoint/encodeCheckpoint.ts";
import type { CheckpointConfig } from "../config/Config.ts";

/** The checkpoints of a run under way. */
export class Checkpoints {
  readonly pace: CheckpointPace;
  readonly #folder: CheckpointFolder;
  /** What paths in events start from. */
  readonly #runDir: string;
  readonly #settle: () => Promise<void>;
  #bestEpoch = 0;
  /** Whether the last one could not be written: that is told once, and not with every batch. */
  #failing = false;

  /** Writes to `folder`; `settle` resolves when all that was told so far is stored, since a run that goes on from here will not tell it again. */
  constructor(config: CheckpointConfig, folder: string, settle: () => Promise<void>) {
    this.pace = new CheckpointPace(config);
    this.#folder = new CheckpointFolder(folder, config.keep);
    this.#runDir = dirname(folder);
    this.#settle = settle;
  }

  /** Writes a checkpoint, and the best epoch's model from `packBest` where there is a new one; returns what there is to tell, if anything. */
  async save(checkpoint: Checkpoint, packBest: () => Uint8Array | undefined): Promise<CheckpointSaved | WarningRaised | undefined> {
    await this.#settle();
    const { position, best } = checkpoint.state;
    try {
      const model = best === undefined || best.epoch === this.#bestEpoch ? undefined : packBest();
      if (model !== undefined) await this.#folder.saveBest(model);
      this.#bestEpoch = best?.epoch ?? 0;
      const path = await this.#folder.save(position, encodeCheckpoint(checkpoint));
      this.#failing = false;
      return { type: "checkpointSaved", path: relative(this.#runDir, path).replaceAll("\\", "/"), ...position };
    } catch (error) {
      if (this.#failing) return undefined;
      this.#failing = true;
      return { type: "warningRaised", message: `${(error as Error).message}; training goes on without it, and tries again with the next` };
    } finally {
      this.pace.saved();
    }
  }
}
