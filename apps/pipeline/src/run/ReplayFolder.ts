// Where a replayed sink works: a folder of its own beside the files that it is to replace. So a replay can be repeated, though a sink may
// append to what it finds, and one that fails leaves nothing half made.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { makeFolder, RUN_FILES } from "./runFolder.ts";

// What is a run's own: no sink's output takes its place.
const RUN_OWN: ReadonlySet<string> = new Set(Object.values(RUN_FILES).filter((name) => name !== RUN_FILES.plots));

/** A folder that becomes part of another one. */
export class ReplayFolder {
  /** Absolute. */
  readonly path: string;
  readonly #target: string;

  private constructor(target: string) {
    this.#target = target;
    this.path = join(target, `.replay-${randomUUID().slice(0, 8)}`);
  }

  /** Makes an empty one in `target`, and that too. Throws a PipelineError (usage) if it can't be made. */
  static async make(target: string): Promise<ReplayFolder> {
    const folder = new ReplayFolder(target);
    try {
      await makeFolder(target);
      await mkdir(folder.path);
      return folder;
    } catch (cause) {
      throw new PipelineError(EXIT.usage, `${target} can't be written to: ${(cause as Error).message}`, { cause });
    }
  }

  /** Puts its files into the target, in the place of those of the same names; returns their paths. Throws a PipelineError (usage) if one is a run's own. */
  async place(): Promise<string[]> {
    const files = (await readdir(this.path, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name).slice(this.path.length + 1))
      .toSorted();
    const own = files.find((file) => RUN_OWN.has(file.split(sep)[0]));
    if (own !== undefined)
      throw new PipelineError(
        EXIT.usage,
        `the sink writes ${own}, which is the name of a run's own file; give --out DIR, or its options another path`,
      );
    const placed = files.map((file) => join(this.#target, file));
    for (const [index, file] of files.entries()) await this.#move(file, placed[index]);
    return placed;
  }

  async #move(file: string, path: string): Promise<void> {
    try {
      await makeFolder(dirname(path));
      await rename(join(this.path, file), path);
    } catch (cause) {
      throw new PipelineError(EXIT.usage, `${path} can't be replaced: ${(cause as Error).message}`, { cause });
    }
  }

  /** Removes what was not placed. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
