// A sink that fills the run's disk when it is told of an epoch, but for so many bytes; or makes its checkpoints read-only.
import { execFileSync } from "node:child_process";
import { closeSync, openSync, statfsSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

export default {
  name: "fill-disk",
  open({ epoch, leave = 0, readOnly = false }, { directory }) {
    const disk = dirname(directory);
    return {
      write(event) {
        if (event.type !== "epochCompleted" || event.epoch !== epoch) return;
        if (readOnly) {
          // A whole disk can't become so while a file on it is open for writing.
          const folder = join(directory, "checkpoints");
          execFileSync("mount", ["--bind", folder, folder]);
          execFileSync("mount", ["-o", "remount,ro,bind", folder]);
          return;
        }
        const file = openSync(join(disk, "filler"), "a");
        const { bavail, bsize } = statfsSync(disk);
        const block = Buffer.alloc(bsize, 1);
        for (let left = bavail * bsize - leave; left > 0; left -= bsize) writeSync(file, block);
        closeSync(file);
      },
    };
  },
};
